import type { Dictionary } from '../../../schemas/generated/types'
import type { Report } from '../compile-entity'
import type { Catalog } from '../model'
import { repetitions } from '../repetitions'

const mostNamed = 20

/** Every value once, and every entry below one that is there, in a tree. */
export function checkDictionary({ items }: Dictionary, _catalog: Catalog, report: Report) {
  const parents = new Map(items.map((item) => [item.value, item.parent]))
  const repeated = repetitions(items.map((item) => item.value))
  items.forEach(({ value, parent }, i) => {
    if (repeated.has(i)) report(`/items/${i}/value`, 'duplicateName', { name: value })
    if (parent === undefined) return
    if (!parents.has(parent)) report(`/items/${i}/parent`, 'badMember', { reason: { en: `there is no entry “${parent}”`, zh: `没有项“${parent}”` } })
    else if (above(value, parents).has(value)) report(`/items/${i}/parent`, 'cycle', { path: [value, ...above(value, parents)].slice(0, mostNamed).join(' → ') })
  })
}

/** The entries above one, up to where it would repeat itself. */
function above(value: string, parents: Map<string, string | undefined>): Set<string> {
  const path = new Set<string>()
  for (let next = parents.get(value); next !== undefined && !path.has(next); next = parents.get(next)) path.add(next)
  return path
}
