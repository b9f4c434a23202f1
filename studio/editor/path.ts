/** Places inside a document. A path is the unescaped form of a JSON pointer. All functions leave their input alone. */
export type Path = readonly (string | number)[]

type Container = Record<string, unknown> | unknown[]
const isContainer = (value: unknown): value is Container => typeof value === 'object' && value !== null
const member = (value: unknown, key: string | number): unknown =>
  isContainer(value) && Object.hasOwn(value, key) ? (value as Record<string | number, unknown>)[key] : undefined

export const getAt = (value: unknown, path: Path): unknown => path.reduce<unknown>(member, value)

/**
 * Puts a value at a place, making the objects on the way. `undefined` removes the member or list item; an object that is left
 * empty by that goes too, unless it is the root or an item of a list.
 */
export function setAt<T>(root: T, path: Path, value: unknown): T {
  return (put(root, path, value) ?? {}) as T
}

function put(container: unknown, path: Path, value: unknown): unknown {
  const [key, ...rest] = path
  if (key === undefined) return value
  const next = put(member(container, key), rest, value)
  if (Array.isArray(container)) return withItem(container, Number(key), next, rest.length > 0)
  return withMember(isContainer(container) ? container : {}, String(key), next)
}

function withItem(list: unknown[], index: number, value: unknown, inside: boolean): unknown[] {
  if (value === undefined && !inside) return list.toSpliced(index, 1)
  return index < list.length ? list.with(index, value ?? {}) : [...list, value ?? {}]
}

function withMember(object: Container, key: string, value: unknown): unknown {
  if (value !== undefined) return { ...object, [key]: value }
  const rest = Object.entries(object).filter(([k]) => k !== key)
  return rest.length === 0 ? undefined : Object.fromEntries(rest)
}

export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const rest = list.toSpliced(from, 1)
  return rest.toSpliced(to, 0, list[from]!)
}

export const pointerOf = (path: Path): string => path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

export function pathOf(pointer: string): Path {
  return pointer.split('/').slice(1).map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part))
}
