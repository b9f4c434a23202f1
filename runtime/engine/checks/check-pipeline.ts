import type { Pipeline, Stage } from '../../../schemas/generated/types'
import type { Report } from '../compile-entity'
import type { Catalog, CompiledEntity } from '../model'
import { checkCondition, checkEffects, checkRoles, entityOf, expectField, noteDefinition, refuseRepeatedIds } from './common'

export function checkPipeline(definition: Pipeline, catalog: Catalog, report: Report) {
  const entity = entityOf(definition.entity, catalog, report)
  if (!entity) return
  if (!entity.definition.pipeline) report('/entity', 'badMember', { reason: { en: `${entity.name} names no fields for stages (pipeline)`, zh: `${entity.definition.label.zh}没有设置阶段字段（pipeline）` } })
  const ids = definition.stages.map((s) => s.id)
  const phases = new Set(definition.phases?.map((p) => p.id))
  if (definition.stages[0]?.category !== 'open') report('/stages/0/category', 'badMember', { reason: { en: 'the first stage must be open', zh: '第一个阶段的类别须为 open' } })
  definition.stages.forEach((stage, i) => {
    if (ids.indexOf(stage.id) !== i) report(`/stages/${i}/id`, 'duplicateName', { name: stage.id })
    if (stage.phase !== undefined && !phases.has(stage.phase)) report(`/stages/${i}/phase`, 'badMember', { reason: { en: `there is no phase “${stage.phase}”`, zh: `没有时期“${stage.phase}”` } })
    checkStage(stage, entity, catalog, `/stages/${i}`, report)
  })
  definition.transitions?.forEach((t, i) => {
    if (t.from !== '*' && !ids.includes(t.from)) report(`/transitions/${i}/from`, 'noSuchStage', { name: t.from })
    if (!ids.includes(t.to)) report(`/transitions/${i}/to`, 'noSuchStage', { name: t.to })
    checkRoles(t.roles, catalog, `/transitions/${i}/roles`, report)
    expectField(entity, t.reasonField, `/transitions/${i}/reasonField`, report)
    if (t.reasonRequired && t.reasonField === undefined) report(`/transitions/${i}/reasonField`, 'missingMember', { name: 'reasonField' })
  })
  checkRoles(definition.policies?.reopen, catalog, '/policies/reopen', report)
}

function checkStage(stage: Stage, entity: CompiledEntity, catalog: Catalog, path: string, report: Report) {
  stage.requiredFields?.forEach((name, i) => expectField(entity, name, `${path}/requiredFields/${i}`, report))
  for (const member of ['entryCriteria', 'exitCriteria'] as const) {
    refuseRepeatedIds(stage[member], `${path}/${member}`, report)
    stage[member]?.forEach((c, i) => checkCondition(c.rule, entity, catalog, `${path}/${member}/${i}/rule`, report))
  }
  if (stage.gate) {
    noteDefinition('flow', stage.gate.flow, `${path}/gate/flow`, report)
    if (!catalog.flows.get(entity.name)?.some((f) => f.name === stage.gate!.flow)) report(`${path}/gate/flow`, 'noSuchDefinition', { kind: { en: 'flow', zh: '流程' }, name: stage.gate.flow })
    checkCondition(stage.gate.when, entity, catalog, `${path}/gate/when`, report)
  }
  checkEffects(stage.onEnter, entity, catalog, `${path}/onEnter`, report)
}
