/** Former names of fields: documents that still use one are read with the present name in its place. */
import type { Definition } from '../../schemas/generated/types'

/** One former name at a place: the name of a member, or a stretch of a text (from `start`; the whole name unless given). */
export interface Rename { path: string; from: string; to: string; member?: boolean; start?: number }

/** A document with present names. The document itself is left as it is. */
export function withPresentNames<D extends Definition>(document: D, renames: Rename[]): D {
  const copy = structuredClone(document)
  // From the back, so that the positions of what comes before stay right.
  const ordered = [...renames].sort((a, b) => (b.start ?? 0) - (a.start ?? 0))
  for (const rename of ordered.filter((r) => !r.member)) replace(copy, rename, (holder, key) => { holder[key] = respelt(String(holder[key]), rename) })
  for (const rename of ordered.filter((r) => r.member)) replace(copy, rename, (holder, key) => renameMember(holder, key, rename.to))
  return copy
}

type Holder = { [key: string]: unknown }

function replace(document: unknown, { path }: Rename, act: (holder: Holder, key: string) => void) {
  const keys = path.split('/').slice(1).map((k) => k.replaceAll('~1', '/').replaceAll('~0', '~'))
  const holder = keys.slice(0, -1).reduce<unknown>((at, key) => (at as Holder | undefined)?.[key], document) as Holder | undefined
  if (holder && keys.length > 0 && Object.hasOwn(holder, keys.at(-1)!)) act(holder, keys.at(-1)!)
}

/** Without a position the name stands at the end: `-signedOn`. */
function respelt(text: string, { from, to, start = text.length - from.length }: Rename): string {
  return text.slice(start, start + from.length) === from ? text.slice(0, start) + to + text.slice(start + from.length) : text
}

/** The order of the members stays. */
function renameMember(holder: Holder, key: string, to: string) {
  const entries = Object.entries(holder).map(([k, v]): [string, unknown] => [k === key ? to : k, v])
  for (const k of Object.keys(holder)) delete holder[k]
  Object.assign(holder, Object.fromEntries(entries))
}
