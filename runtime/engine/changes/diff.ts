/** What differs between two versions of a document. List items that have an identity are compared with their counterparts, wherever they stand. */

export interface Difference {
  /** JSON pointer: into the later document; for what was removed, into the earlier one. */
  path: string
  op: 'added' | 'removed' | 'changed' | 'moved'
  before?: unknown
  after?: unknown
}

export function differences(before: unknown, after: unknown, path = ''): Difference[] {
  if (same(before, after)) return []
  if (Array.isArray(before) && Array.isArray(after)) return lists(before, after, path)
  if (isObject(before) && isObject(after)) return members(before, after, path)
  if (before === undefined) return [{ path, op: 'added', after }]
  return after === undefined ? [{ path, op: 'removed', before }] : [{ path, op: 'changed', before, after }]
}

export type Members = { [name: string]: unknown }
export const isObject = (value: unknown): value is Members => typeof value === 'object' && value !== null && !Array.isArray(value)
const at = (path: string, key: string | number) => `${path}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`

function members(before: Members, after: Members, path: string): Difference[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((name) => differences(before[name], after[name], at(path, name)))
}

function lists(before: unknown[], after: unknown[], path: string): Difference[] {
  const [was, is] = [before.map(identityOf), after.map(identityOf)]
  if (!areIdentities(was) || !areIdentities(is)) return [{ path, op: 'changed', before, after }]
  const gone = before.flatMap((item, i): Difference[] => (is.includes(was[i]!) ? [] : [{ path: at(path, i), op: 'removed', before: item }]))
  const there = after.flatMap((item, i) => (was.includes(is[i]!) ? differences(before[was.indexOf(is[i]!)], item, at(path, i)) : [{ path: at(path, i), op: 'added' as const, after: item }]))
  const order = (ids: unknown[], others: unknown[]) => ids.filter((id) => others.includes(id))
  return [...gone, ...there, ...(same(order(was, is), order(is, was)) ? [] : [{ path, op: 'moved' as const, before: was, after: is }])]
}

/** Every item has one, and each another. */
export const areIdentities = (ids: (string | undefined)[]): ids is string[] => ids.every((id, i) => id !== undefined && ids.indexOf(id) === i)

/** Fields go by uid; most things by id or name; what only names something else by that. */
const identities = ['uid', 'id', 'name', 'value', 'field', 'related', 'entity'] as const
export function identityOf(item: unknown): string | undefined {
  if (typeof item === 'string') return item
  if (!isObject(item)) return undefined
  const name = identities.find((member) => typeof item[member] === 'string')
  return name && `${name === 'uid' ? 'name' : name}:${String(item[name])}`
}

export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, i) => same(item, b[i]))
  if (!isObject(a) || !isObject(b)) return false
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((name) => same(a[name], b[name]))
}
