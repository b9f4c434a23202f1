import type { UrlField } from '../../generated/types'
import type { FieldType } from '../field-type'
import { checkText, textForms, textOps } from '../behaviour'

/** Schemes that a link may have: nothing that a browser would run. */
const schemes = /^(https?:\/\/|mailto:)/i
/** A host with a dot, as people write an address without its scheme. */
const bareHost = /^[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+(:\d+)?([/?#]|$)/u

export const url: FieldType<UrlField> = {
  ...textForms,
  operators: textOps,
  expressionType: () => ({ kind: 'text' }),
  valueSchema: () => ({ type: 'string', maxLength: 2000 }),
  normalise: (value) => canonical((value as string).trim()) || null,
  check: (value) => checkText(value) ?? (isLink(value as string) ? undefined : { code: 'badNotation', params: { example: 'https://example.com' } }),
  format: (value) => (value as string | null) ?? '',
}

/** The scheme in small letters, and one where there was none. The rest stays as it was written. */
function canonical(text: string): string {
  if (bareHost.test(text)) return `https://${text}`
  return text.replace(schemes, (scheme) => scheme.toLowerCase())
}

/** Whether the text may be followed as a link. No user names: they make one host look like another. */
function isLink(text: string): boolean {
  if (!schemes.test(text) || /[\s\\<>"]/.test(text) || !URL.canParse(text)) return false
  const { protocol, pathname, username, password } = new URL(text)
  return protocol === 'mailto:' ? pathname.includes('@') : username === '' && password === ''
}
