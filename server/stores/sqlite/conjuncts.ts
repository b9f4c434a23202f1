import type { Where } from '../../ports/store'

/** The conditions that must all hold. */
export function conjuncts(where: Where | undefined): Where[] {
  if (!where) return []
  return 'and' in where ? where.and.flatMap(conjuncts) : [where]
}
