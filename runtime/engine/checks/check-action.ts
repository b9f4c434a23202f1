import type { Action } from '../../../schemas/generated/types'
import { compileField } from '../compile-field'
import type { Report } from '../compile-entity'
import type { Catalog } from '../model'
import { fieldMembers } from '../scope'
import { checkEffects } from './check-effects'
import { checkCondition, checkExpression, entityOf } from './common'

export function checkAction(definition: Action, catalog: Catalog, report: Report) {
  const entity = entityOf(definition.entity, catalog, report)
  if (!entity) return
  const input = (definition.input ?? []).map((f) => compileField(f))
  checkCondition(definition.condition, entity, catalog, '/condition', report)
  input.forEach((field, i) => {
    if (input.findIndex((f) => f.name === field.name) !== i) report(`/input/${i}/name`, 'duplicateName', { name: field.name })
    if (field.computed) report(`/input/${i}/type`, 'wrongFieldType', { name: field.name, expected: { en: 'one that people can fill in', zh: '可由用户填写的类型' } })
    if (field.refersTo) entityOf(field.refersTo, catalog, report, `/input/${i}/entity`)
    checkExpression(field.definition.defaultExpr, entity, catalog, `/input/${i}/defaultExpr`, report, field.type.expressionType(field.definition))
  })
  checkEffects(definition.steps, entity, catalog, '/steps', report, { input: fieldMembers(input) })
}
