import type { Sharing } from '../../../schemas/generated/types'
import type { Report } from '../compile-entity'
import type { Catalog } from '../model'
import { conditionTarget } from '../row-filter'
import { checkFilter, checkRoles, entityOf } from './common'

/** Departments and people are no definitions: that they are there is not checked here. */
export function checkSharing(definition: Sharing, catalog: Catalog, report: Report) {
  checkRoles(definition.with.roles, catalog, '/with/roles', report)
  const entity = entityOf(definition.entity, catalog, report)
  if (entity) checkFilter(definition.filter, entity, catalog, '/filter', report, conditionTarget(entity))
}
