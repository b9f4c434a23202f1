/** Walks up the company. Circles end a walk, because each person and each department is visited once. */
import type { Directory } from './directory'

/** Managers above somebody who still work here, the nearest first. */
export function* managersAbove(id: string, people: Directory): Generator<string> {
  const seen = new Set([id])
  for (let at = people.person(id)?.manager; at && !seen.has(at); at = people.person(at)?.manager) {
    seen.add(at)
    if (people.person(at)?.active) yield at
  }
}

/** Heads of somebody's department and of those above it, the nearest first; departments without one are stepped over. */
export function* headsAbove(id: string, people: Directory): Generator<string> {
  const seen = new Set<string>()
  for (let at = people.person(id)?.department; at && !seen.has(at); at = people.departmentAt(at)?.parent) {
    seen.add(at)
    const head = people.departmentAt(at)?.head
    if (head && people.person(head)?.active) yield head
  }
}

/** The one so many steps up; none if the walk ends before. */
export function nth(walk: Iterable<string>, count: number): string[] {
  let left = count
  for (const id of walk) if (--left === 0) return [id]
  return []
}
