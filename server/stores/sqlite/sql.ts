/** Pieces of SQL that carry their parameters: values can only be bound, never written into the text. */
import type { Param } from './driver'

export interface Sql { readonly text: string; readonly params: readonly Param[] }

const none: readonly Param[] = []

/** Composes pieces. A plain value in a slot becomes a bound parameter. */
export function sql(texts: TemplateStringsArray, ...slots: (Sql | Param)[]): Sql {
  let text = texts[0]!
  let params = none
  for (let i = 0; i < slots.length; i++) {
    const slot = slots[i]!
    const piece = slot !== null && typeof slot === 'object' ? slot : bound(slot)
    text += piece.text + texts[i + 1]!
    params = joined(params, piece.params)
  }
  return { text, params }
}

/** Text that is SQL already: our own words and quoted names. */
export const raw = (text: string): Sql => ({ text, params: none })

export function join(pieces: Sql[], separator: string): Sql {
  return { text: pieces.map((p) => p.text).join(separator), params: pieces.flatMap((p) => p.params) }
}

/** An identifier, quoted. */
export const name = (identifier: string) => `"${identifier.replaceAll('"', '""')}"`

/** A text as an SQL literal; only for names of columns in results. */
export const literal = (text: string) => `'${text.replaceAll("'", "''")}'`

/** SQLite functions take up to 127 arguments, two of them a member. */
const maxMembers = 63

/** A JSON object of named values; of many, its text is put together from several. */
export function jsonObject(members: string[][]): string {
  const object = (some: string[][]) => `json_object(${some.map(([name, value]) => `${literal(name!)}, ${value!}`).join(', ')})`
  if (members.length <= maxMembers) return object(members)
  const parts = Array.from({ length: Math.ceil(members.length / maxMembers) }, (_, i) => object(members.slice(i * maxMembers, (i + 1) * maxMembers)))
  return `json('{' || ${parts.map((part) => `rtrim(substr(${part}, 2), '}')`).join(` || ',' || `)} || '}')`
}

const bound = (value: Param): Sql => ({ text: '?', params: [value] })
const joined = (a: readonly Param[], b: readonly Param[]) => (a.length === 0 ? b : b.length === 0 ? a : [...a, ...b])
