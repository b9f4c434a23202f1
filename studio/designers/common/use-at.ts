import { useEffect } from 'react'
import { useSearchParams } from 'react-router'
import { pathOf, type Path } from '../../editor/path'

/** The place a link leads to (`?at=/fields/3/formula`), as a path. */
export function useAt(): Path | undefined {
  const at = useSearchParams()[0].get('at')
  return at ? pathOf(at) : undefined
}

/** A choice that is kept in the address, so that it can be linked to and the browser's back works. */
export function useParam(name: string): [string | undefined, (value: string | undefined) => void] {
  const [params, setParams] = useSearchParams()
  const set = (value: string | undefined) => setParams((old) => {
    const next = new URLSearchParams(old)
    next.delete('at')
    if (value === undefined) next.delete(name)
    else next.set(name, value)
    return next
  }, { replace: true })
  return [params.get(name) ?? undefined, set]
}

/** Which item of a list of the document is chosen: the one a link leads into, else the one in the address. */
export function useChosen(list: string): [number | undefined, (index: number | undefined) => void] {
  const at = useAt()
  const [chosen, choose] = useParam(list)
  const index = at?.[0] === list && at[1] !== undefined ? Number(at[1]) : chosen === undefined ? undefined : Number(chosen)
  return [index, (next) => choose(next === undefined ? undefined : String(next))]
}

/** Shows the place a link leads to: the innermost element that stands for it, or for what it is in. */
export function useScrollTo(at: Path | undefined): void {
  const pointer = at?.join('/')
  useEffect(() => {
    if (pointer === undefined) return undefined
    const timer = setTimeout(() => reveal(pointer.split('/')), 120)
    return () => clearTimeout(timer)
  }, [pointer])
}

function reveal(parts: string[]): void {
  for (let n = parts.length; n > 0; n -= 1) {
    const element = document.querySelector(`[data-at="${CSS.escape(`/${parts.slice(0, n).join('/')}`)}"]`)
    if (!element) continue
    element.scrollIntoView({ block: 'center' })
    element.classList.add('st-revealed')
    element.querySelector<HTMLElement>('input, textarea, button')?.focus()
    setTimeout(() => element.classList.remove('st-revealed'), 1_600)
    return
  }
}
