/** Written into index.html by the server; our policy lets only style tags with it in. Empty in development. */
export const nonce: string = readNonce()

function readNonce(): string {
  const content = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ''
  return content.startsWith('__') ? '' : content
}

/**
 * antd gives the nonce to its style tags, but not to the small ones with which it locks scrolling behind a dialog and measures
 * scroll bars. Every style tag that our own scripts make may have it.
 */
export function giveNonceToStyles(): void {
  const create = document.createElement.bind(document) as (name: string, options?: ElementCreationOptions) => HTMLElement
  document.createElement = ((name: string, options?: ElementCreationOptions) => {
    const element = create(name, options)
    if (element instanceof HTMLStyleElement) element.nonce = nonce
    return element
  }) as typeof document.createElement
}
