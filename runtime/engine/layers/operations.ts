/**
 * What a layer does to the document below it, as operations. Each names its target by identity (`/fields/name:amount/label/en`), never by
 * an index, and carries the fingerprint of what it changed, so that it can be carried over to a newer version of that document.
 */
import { areIdentities, identityOf, isObject, same, type Members } from '../changes/diff'
import { fingerprint } from '../fingerprint'

/** `after`: identity of the item it stands behind, null for the first place. `value` is absent when the member is taken away. */
export type Operation =
  | { op: 'set'; target: string; hash: string; value?: unknown }
  | { op: 'addItem'; target: string; hash: string; item: unknown; after: string | null }
  | { op: 'removeItem'; target: string; hash: string }
  | { op: 'moveItem'; target: string; hash: string; after: string | null }

/** Applied to `before` in this order they give `after`. A list whose items have no identities is one value. */
export function operationsBetween(before: unknown, after: unknown, target = ''): Operation[] {
  if (same(before, after)) return []
  const lists = asLists(before, after)
  if (lists) return itemOperations(...lists, target)
  if (isObject(before) && isObject(after)) return memberOperations(before, after, target)
  return [setting(target, before, after)]
}

export const setting = (target: string, before: unknown, value: unknown): Operation => ({ op: 'set', target, hash: hashOfValue(before), ...(value !== undefined && { value }) })

/** The same value has the same, whatever the order of its members. */
export const hashOfValue = (value: unknown): string => fingerprint(JSON.stringify(value, (_name, v: unknown) => (isObject(v) ? Object.fromEntries(Object.entries(v).sort(([a], [b]) => (a < b ? -1 : 1))) : v)) ?? '')

export const stepsOf = (target: string): string[] => target.split('/').slice(1).map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
export const below = (target: string, step: string): string => `${target}/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`

/** Two lists to be compared item by item; one that is not there yet is empty. */
function asLists(before: unknown, after: unknown): [unknown[], unknown[]] | undefined {
  const was = before === undefined ? [] : before
  if (!Array.isArray(was) || !Array.isArray(after) || (before === undefined && after.length === 0)) return undefined
  return areIdentities(was.map(identityOf)) && areIdentities(after.map(identityOf)) ? [was, after] : undefined
}

/** Values that make sense as a whole only: half of one filter and half of another would be neither. */
const wholes = new Set(['filter', 'when', 'condition', 'default'])

function memberOperations(before: Members, after: Members, target: string): Operation[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  // What identifies an item is given before and taken away after the rest, so that every operation finds it.
  const rank = (name: string) => (after[name] === undefined ? 1 : name === 'uid' ? -1 : 0)
  return names.sort((a, b) => rank(a) - rank(b)).flatMap((name) => {
    const [was, is, at] = [before[name], after[name], below(target, name)]
    return !wholes.has(name) ? operationsBetween(was, is, at) : same(was, is) ? [] : [setting(at, was, is)]
  })
}

function itemOperations(before: unknown[], after: unknown[], target: string): Operation[] {
  const [was, is] = [before.map(identityOf) as string[], after.map(identityOf) as string[]]
  const staying = longestCommon(was.filter((id) => is.includes(id)), is)
  const placed = is.flatMap((id, i): Operation[] => {
    const place = { target: below(target, id), after: is[i - 1] ?? null }
    if (!was.includes(id)) return [{ op: 'addItem', ...place, hash: hashOfValue(undefined), item: after[i] }]
    return staying.has(id) ? [] : [{ op: 'moveItem', ...place, hash: hashOfValue(was[was.indexOf(id) - 1] ?? null) }]
  })
  return [
    ...before.flatMap((item, i): Operation[] => (is.includes(was[i]!) ? [] : [{ op: 'removeItem', target: below(target, was[i]!), hash: hashOfValue(item) }])),
    ...placed,
    ...is.flatMap((id, i) => (was.includes(id) ? operationsBetween(before[was.indexOf(id)], after[i], below(target, id)) : [])),
  ]
}

/** The most items that can stay where they are while the others move. */
function longestCommon(was: string[], is: string[]): Set<string> {
  const places = was.map((id) => is.indexOf(id))
  const chains: number[][] = []
  for (const [i, place] of places.entries()) {
    const best = chains.slice(0, i).filter((chain) => chain.at(-1)! < place).reduce((a, b) => (b.length > a.length ? b : a), [] as number[])
    chains.push([...best, place])
  }
  return new Set(chains.reduce((a, b) => (b.length > a.length ? b : a), []).map((place) => is[place]!))
}
