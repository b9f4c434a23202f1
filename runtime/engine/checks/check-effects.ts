/** Checks of effects: what they write must fit what it is written to, whom they tell must be known. */
import { any, date, decimal, listOf, text, type ExpressionType } from '../../../schemas/expressions'
import type { Effect } from '../../../schemas/generated/types'
import type { Report } from '../compile-entity'
import { fieldOf, type Catalog, type CompiledEntity } from '../model'
import { literalTypes, outputTypes } from '../rule-table'
import { checkAssignees } from './check-people'
import { checkCondition, checkExpression, entityOf, expectField, noteDefinition, noteField, refuseRepeatedIds, type Extra } from './common'

/** Effects write fields of this record, or make records of other entities; every expression must fit what it is written to. */
export function checkEffects(effects: Effect[] | undefined, entity: CompiledEntity, catalog: Catalog, path: string, report: Report, extra: Extra = {}) {
  refuseRepeatedIds(effects, path, report)
  effects?.forEach((effect, i) => effectChecks[effect.kind](effect as never, { entity, catalog, path: `${path}/${i}`, report, extra }))
}

interface EffectCase { entity: CompiledEntity; catalog: Catalog; path: string; report: Report; extra: Extra }
type EffectOf<K extends Effect['kind']> = Extract<Effect, { kind: K }>

const effectChecks: { [K in Effect['kind']]: (effect: EffectOf<K>, c: EffectCase) => void } = {
  setField: ({ values }, c) => checkOwnValues(values, c),
  createRecord: (effect, c) => {
    const target = entityOf(effect.entity, c.catalog, c.report, `${c.path}/entity`)
    checkCondition(effect.when, c.entity, c.catalog, `${c.path}/when`, c.report, c.extra)
    if (effect.linkBack !== undefined) expectField(c.entity, effect.linkBack, `${c.path}/linkBack`, c.report)
    if (target) checkValues(effect.values, target, c)
  },
  createEach: (effect, c) => {
    const list = checkExpression(effect.forEach, c.entity, c.catalog, `${c.path}/forEach`, c.report, listOf(any), c.extra)
    const target = entityOf(effect.entity, c.catalog, c.report, `${c.path}/entity`)
    const inside = { ...c, extra: { ...c.extra, item: list.kind === 'list' ? list.of : any, index: decimal } }
    if (target) checkValues(effect.values, target, inside)
    if (!effect.distribute || !target) return
    expectField(target, effect.distribute.field, `${c.path}/distribute/field`, c.report)
    checkExpression(effect.distribute.total, c.entity, c.catalog, `${c.path}/distribute/total`, c.report, decimal, c.extra)
    checkExpression(effect.distribute.weight, c.entity, c.catalog, `${c.path}/distribute/weight`, c.report, decimal, inside.extra)
  },
  moveStage: (effect, c) => {
    if (!c.entity.definition.pipeline) c.report(c.path, 'badMember', { reason: { en: `${c.entity.name} follows no pipeline`, zh: `${c.entity.name}没有销售模式` } })
    if ((effect.to === undefined) === (effect.category === undefined)) c.report(c.path, 'badMember', { reason: { en: 'give either “to” or “category”', zh: '须填写 to 或 category 之一' } })
    checkValues(effect.values ?? {}, c.entity, c)
    checkExpression(effect.comment, c.entity, c.catalog, `${c.path}/comment`, c.report, { kind: 'text' }, c.extra)
  },
  applyRule: checkRuleUse,
  submitFlow: (effect, c) => {
    noteDefinition('flow', effect.flow, `${c.path}/flow`, c.report)
    if (!c.catalog.flows.get(c.entity.name)?.some((f) => f.name === effect.flow)) c.report(`${c.path}/flow`, 'noSuchDefinition', { kind: { en: 'flow', zh: '流程' }, name: effect.flow })
  },
  notify: ({ to }, c) => checkAssignees(to, c.entity, c.catalog, `${c.path}/to`, c.report),
  webhook: (effect, c) => {
    for (const [name, source] of Object.entries(effect.body ?? {})) checkExpression(source, c.entity, c.catalog, `${c.path}/body/${name}`, c.report, any, c.extra)
  },
}

/** Values of fields of the record itself. */
export function checkOwnValues(values: { [field: string]: string }, c: EffectCase) {
  refuseStageFields(values, c)
  checkValues(values, c.entity, c)
}

/** Inputs fit the table, the version has a text to stand in, and the outputs are known as `rule`. */
function checkRuleUse({ table: name, asOf, inputs, versionField, values }: EffectOf<'applyRule'>, c: EffectCase) {
  const { entity, catalog, path, report, extra } = c
  const table = catalog.ruleTables.get(name)
  noteDefinition('ruleTable', name, `${path}/table`, report)
  if (!table) report(`${path}/table`, 'noSuchDefinition', { kind: { en: 'rule table', zh: '规则表' }, name })
  checkExpression(asOf, entity, catalog, `${path}/asOf`, report, date, extra)
  for (const [input, source] of Object.entries(inputs)) {
    const at = `${path}/inputs/${input}`
    checkExpression(source, entity, catalog, at, report, expectInput(name, input, catalog, at, report), extra)
  }
  if (expectField(entity, versionField, `${path}/versionField`, report)) expectText(entity, versionField, `${path}/versionField`, report)
  checkValues(values, entity, { ...c, extra: { ...extra, rule: table ? { kind: 'map', members: outputTypes(table) } : any } })
}

/** The type of an input of a rule table; one that it does not have is reported. */
export function expectInput(table: string, input: string, catalog: Catalog, path: string, report: Report): ExpressionType {
  const found = catalog.ruleTables.get(table)
  const column = found?.inputs.find((one) => one.name === input)
  if (found && !column) report(path, 'badMember', { reason: { en: `“${table}” has no input “${input}”`, zh: `“${table}”没有输入“${input}”` } })
  return column ? literalTypes[column.type].expression : any
}

/** Stages change by the transition command only. */
function refuseStageFields(values: { [field: string]: string }, { entity, path, report }: EffectCase) {
  const { activityField: _, ...binding } = entity.definition.pipeline ?? {}
  for (const name of Object.values(binding)) if (Object.hasOwn(values, name)) report(`${path}/values/${name}`, 'badMember', { reason: { en: `${name} changes with the stage only: use moveStage`, zh: `${name}只随阶段变化，请使用 moveStage` } })
}

function expectText(entity: CompiledEntity, name: string, path: string, report: Report) {
  const field = fieldOf(entity, name)!
  if (field.computed || field.system || field.effectiveType.expressionType(field.effective).kind !== text.kind) report(path, 'wrongFieldType', { name, expected: { en: 'a text', zh: '文本字段' } })
}

/** `extra` and the variables belong to the record the effect runs on; the fields to the record that is written. */
function checkValues(values: { [field: string]: string }, target: CompiledEntity, { entity, catalog, path, report, extra }: EffectCase) {
  for (const [name, source] of Object.entries(values)) {
    const at = `${path}/values/${name}`
    const field = fieldOf(target, name)
    noteField(field, name, target, at, report, true)
    if (!field || field.computed || (field.system && name !== 'owner')) { report(at, 'noSuchField', { name, entity: target.definition.label }); continue }
    checkExpression(source, entity, catalog, at, report, field.rows ? listOf(any) : field.type.expressionType(field.definition), extra)
  }
}
