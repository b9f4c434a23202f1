import type { Filter } from '../generated/types'

/** Fields a filter looks at. */
export function filterFields(filter: Filter): string[] {
  if ('and' in filter) return filter.and.flatMap(filterFields)
  if ('or' in filter) return filter.or.flatMap(filterFields)
  return 'not' in filter ? filterFields(filter.not) : [filter.field]
}
