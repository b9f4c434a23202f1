/** Where forms and views name fields: `{field}` objects, and the lists of names of a view. */
import type { Definition } from '../../../schemas/generated/types'

/** What a name becomes; `undefined` takes away what shows it. */
export type Renaming = (name: string) => string | undefined

const nameLists = new Set(['filters', 'totals', 'sort'])

/** Applies a renaming; the very same document where nothing is concerned. */
export function renamedIn<D extends Definition>(screen: D, rename: Renaming): D {
  return (mapped(screen, '', rename) ?? screen) as D
}

function mapped(value: unknown, key: string, rename: Renaming): unknown {
  if (Array.isArray(value)) return mappedList(value, key, rename)
  if (typeof value !== 'object' || value === null || 'related' in value) return value
  if ('field' in value && typeof value.field === 'string') return mappedReference(value as { field: string }, rename)
  return mappedObject(value, rename)
}

function mappedList(list: unknown[], key: string, rename: Renaming): unknown {
  const next = list.map((item) => (nameLists.has(key) ? mappedName(String(item), rename) : mapped(item, key, rename))).filter((item) => item !== undefined)
  if (next.length === 0 && list.length > 0) return undefined
  return next.length === list.length && next.every((item, i) => item === list[i]) ? list : next
}

/** A sort key may have a minus. */
function mappedName(name: string, rename: Renaming): string | undefined {
  const minus = name.startsWith('-') ? '-' : ''
  const next = rename(name.slice(minus.length))
  return next === undefined ? undefined : minus + next
}

function mappedReference(value: { field: string }, rename: Renaming): unknown {
  const field = rename(value.field)
  return field === undefined ? undefined : field === value.field ? value : { ...value, field }
}

/** A section that loses its last item goes with it; a view merely loses the member. */
function mappedObject(value: object, rename: Renaming): unknown {
  const entries = Object.entries(value)
  const next = entries.map(([k, v]) => [k, mapped(v, k, rename)] as const)
  if (next.every(([, v], i) => v === entries[i]![1])) return value
  if ('items' in value && next.some(([k, v]) => k === 'items' && v === undefined)) return undefined
  return Object.fromEntries(next.filter(([, v]) => v !== undefined))
}
