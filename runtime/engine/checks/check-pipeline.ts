import type { Pipeline, Stage } from '../../../schemas/generated/types'
import type { Report } from '../compile-entity'
import { fieldOf, stageOf, type Catalog, type CompiledEntity } from '../model'
import { isPinned } from '../pipeline-versions'
import { repetitions } from '../repetitions'
import { beginnings } from '../rotting'
import { checkEffects } from './check-effects'
import { checkCondition, checkRoles, entityOf, expectField, noteDefinition, refuseRepeatedIds } from './common'

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
  checkCondition(definition.selectWhen, entity, catalog, '/selectWhen', report)
  checkPolicies(definition, entity, catalog, report)
}

/** Roles that a policy speaks of are named; a map leads from stages there are to stages here. */
function checkPolicies({ name, stages, policies = {} }: Pipeline, entity: CompiledEntity, catalog: Catalog, report: Report) {
  for (const member of ['reopen', 'skipRoles', 'backwardRoles'] as const) checkRoles(policies[member], catalog, `/policies/${member}`, report)
  if (policies.skip === 'roles' && !policies.skipRoles?.length) report('/policies/skipRoles', 'missingMember', { name: 'skipRoles' })
  if (policies.backward === 'roles' && !policies.backwardRoles?.length) report('/policies/backwardRoles', 'missingMember', { name: 'backwardRoles' })
  for (const [from, to] of Object.entries(policies.onPipelineSwitch?.stageMap ?? {})) {
    const path = `/policies/onPipelineSwitch/stageMap/${from}`
    if (!comesFrom(from, name, catalog.pipelines.get(entity.name) ?? [])) report(path, 'badMember', { reason: { en: `there is no stage “${from}” in another pipeline`, zh: `其他模式中没有阶段“${from}”` } })
    if (!stages.some((s) => s.id === to)) report(path, 'noSuchStage', { name: to })
  }
}

/** A stage of another pipeline, or one that a former version of a pinned pipeline may have had, also of this one (`to`). */
function comesFrom(from: string, to: string, pipelines: Pipeline[]): boolean {
  const [name, id] = from.split('.')
  const pipeline = pipelines.find((p) => p.name === name)
  const present = stageOf(pipeline, id) !== undefined
  return pipeline !== undefined && (present ? name !== to : isPinned(pipeline))
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
  refuseRepeatedIds(stage.checklist, `${path}/checklist`, report)
  checkFieldAccess(stage, entity, `${path}/fieldAccess`, report)
  checkRotting(stage, entity, `${path}/rotting`, report)
  checkEffects(stage.onEnter, entity, catalog, `${path}/onEnter`, report)
  checkEffects(stage.onExit, entity, catalog, `${path}/onExit`, report)
}

function checkFieldAccess({ fieldAccess = [] }: Stage, entity: CompiledEntity, path: string, report: Report) {
  fieldAccess.forEach(({ field: name, access }, i) => {
    if (!expectField(entity, name, `${path}/${i}/field`, report)) return
    const field = fieldOf(entity, name)!
    if (field.system || (access === 'required' && field.computed)) report(`${path}/${i}/field`, 'badMember', { reason: { en: `${name} is not filled in by people`, zh: `${name}不由人员填写` } })
  })
  for (const i of repetitions(fieldAccess.map(({ field, access }) => `${field} ${access}`))) report(`${path}/${i}/field`, 'duplicateName', { name: fieldAccess[i]!.field })
}

function checkRotting({ rotting }: Stage, { definition: { pipeline } }: CompiledEntity, path: string, report: Report) {
  if (!rotting) return
  const demanded = new Set(['sinceField' as const, ...(rotting.resetOn ?? []).map((event) => beginnings[event])])
  for (const member of demanded) if (pipeline && pipeline[member] === undefined) report(path, 'badMember', { reason: { en: `the entity names no ${member} (pipeline)`, zh: `实体未设置 ${member}（pipeline）` } })
}
