import type { Role } from '../../../schemas/generated/types'
import type { Report } from '../compile-entity'
import type { Catalog } from '../model'
import { conditionTarget } from '../row-filter'
import { checkFilter, entityOf, expectField, noteDefinition } from './common'

export function checkRole(definition: Role, catalog: Catalog, report: Report) {
  definition.grants.forEach((grant, i) => {
    const entity = entityOf(grant.entity, catalog, report, `/grants/${i}/entity`)
    if (!entity) return
    for (const name of Object.keys(grant.fields ?? {})) expectField(entity, name, `/grants/${i}/fields/${name}`, report, true)
    checkFilter(grant.condition, entity, catalog, `/grants/${i}/condition`, report, conditionTarget(entity))
    grant.actions?.forEach((name, j) => {
      noteDefinition('action', `${grant.entity}.${name}`, `/grants/${i}/actions/${j}`, report)
      if (!catalog.actions.get(grant.entity)?.some((a) => a.name === name)) report(`/grants/${i}/actions/${j}`, 'noSuchDefinition', { kind: { en: 'action', zh: '动作' }, name: `${grant.entity}.${name}` })
    })
    grant.flows?.forEach((name, j) => {
      noteDefinition('flow', name, `/grants/${i}/flows/${j}`, report)
      if (!catalog.flows.get(grant.entity)?.some((f) => f.name === name)) report(`/grants/${i}/flows/${j}`, 'noSuchDefinition', { kind: { en: 'flow', zh: '流程' }, name })
    })
  })
}
