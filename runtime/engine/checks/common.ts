/** Checks that several kinds of definitions share. */
import { any, boolean, check, date, decimal, listOf, text, type ExpressionType } from '../../../schemas/expressions'
import type { Definition, Effect, Field, Filter } from '../../../schemas/generated/types'
import { fieldTypeOf } from '../../../schemas/field-types'
import { resolveFilter, type FilterTarget } from '../../../schemas/filters'
import { noteMembers, type Report } from '../compile-entity'
import { columnNamed, fieldOf, targetOf, type Catalog, type CompiledEntity, type CompiledField } from '../model'
import { idTarget } from '../filter-target'
import { repetitions } from '../repetitions'
import { literalTypes, outputTypes } from '../rule-table'
import { typesOf } from '../scope'

export type Extra = { [name: string]: ExpressionType }

/** The entity a document belongs to, or undefined after reporting that there is none. */
export function entityOf(name: string, catalog: Catalog, report: Report, path = '/entity'): CompiledEntity | undefined {
  const entity = catalog.entities.get(name)
  report.use?.(path, targetOf.definition('entity', name))
  if (!entity) report(path, 'noSuchDefinition', { kind: { en: 'entity', zh: '实体' }, name })
  return entity
}

/** `member`: the name is that of a member and not its value. */
export function expectField(entity: CompiledEntity, name: string | undefined, path: string, report: Report, member = false): boolean {
  if (name === undefined) return true
  const field = fieldOf(entity, name)
  noteField(field, name, entity, path, report, member)
  if (field) return true
  report(path, 'noSuchField', { name, entity: entity.definition.label })
  return false
}

/** A field that the store keeps as one value. */
export function expectStored(entity: CompiledEntity, name: string, path: string, report: Report) {
  if (!expectField(entity, name, path, report)) return
  const field = fieldOf(entity, name)!
  if (field.volatile || field.effectiveType.storage === 'rows' || field.effectiveType.storage === 'json') report(path, 'wrongFieldType', { name, expected: { en: 'one that is stored as a single value', zh: '单值存储的字段' } })
}

function noteField(field: CompiledField | undefined, name: string, entity: CompiledEntity, path: string, report: Report, member: boolean, start?: number) {
  if (!field) return
  report.use?.(path, targetOf.field(entity.name, field.name))
  if (field.name !== name) report.rename?.({ path, from: name, to: field.name, member, start })
}

/** The place names a column of a sub-table; false, and reported, when there is none. */
export function expectColumn(entity: CompiledEntity, table: CompiledField, name: string | undefined, path: string, report: Report, member = false, start?: number): boolean {
  const column = name === undefined ? undefined : columnNamed(table, name)
  if (name === undefined || !column) { if (name !== undefined) report(path, 'noSuchField', { name, entity: table.definition.label }); return name === undefined }
  report.use?.(path, targetOf.field(entity.name, `${table.name}.${column.name}`))
  if (column.name !== name) report.rename?.({ path, from: name, to: column.name, member, start })
  return true
}

/** Columns that a filter over rows names. */
export function noteRowFilter(filter: Filter | undefined, entity: CompiledEntity, table: CompiledField, path: string, report: Report) {
  const quiet = quietly(report)
  for (const { pointer, names } of filter ? comparisons(filter, path) : []) expectColumn(entity, table, names[0], pointer, quiet, false, 0)
}

/** Notes what is used, and reports nothing: that is done elsewhere. */
export const quietly = (report: Report): Report => Object.assign(() => undefined, { use: report.use, rename: report.rename })

/** The place names a definition that belongs to an entity, or to nobody. */
export function noteDefinition(kind: Definition['kind'], key: string, path: string, report: Report) {
  report.use?.(path, targetOf.definition(kind, key))
}

export function checkCondition(source: string | undefined, entity: CompiledEntity, catalog: Catalog, path: string, report: Report, extra: Extra = {}) {
  checkExpression(source, entity, catalog, path, report, boolean, extra)
}

export function checkExpression(source: string | undefined, entity: CompiledEntity, catalog: Catalog, path: string, report: Report, expected: ExpressionType = any, extra: Extra = {}) {
  if (source === undefined) return any
  const { problems, type, members } = check(source, typesOf(entity, catalog, extra), expected)
  noteMembers(members.filter(({ name, entity: of }) => of !== undefined || !Object.hasOwn(extra, name)), entity, path, report)
  for (const reason of problems) report(path, 'badExpression', { reason })
  return type
}

/** Without an entity nothing is noted of what it names; the target then says what there is. */
export function checkFilter(filter: Filter | undefined, entity: CompiledEntity, catalog: Catalog, path: string, report: Report, target?: FilterTarget): void
export function checkFilter(filter: Filter | undefined, entity: undefined, catalog: Catalog, path: string, report: Report, target: FilterTarget): void
export function checkFilter(filter: Filter | undefined, entity: CompiledEntity | undefined, catalog: Catalog, path: string, report: Report, target: FilterTarget = idTarget(entity!, catalog)) {
  if (filter === undefined) return
  if (entity) noteFilter(filter, entity, catalog, path, report)
  for (const reason of resolveFilter(filter, target, { me: '', departments: [], today: '2000-01-01' }).problems) report(path, 'badFilter', { reason })
}

/** Fields that a filter names, through references too. */
export function noteFilter(filter: Filter, entity: CompiledEntity, catalog: Catalog, path: string, report: Report) {
  for (const { pointer, names } of comparisons(filter, path)) {
    let at: CompiledEntity | undefined = entity
    let start = 0
    for (const name of names) {
      const field: CompiledField | undefined = at && fieldOf(at, name)
      if (at) noteField(field, name, at, pointer, report, false, start)
      start += name.length + 1
      if (at && field?.rows) { expectColumn(at, field, names[1], pointer, quietly(report), false, start); break }
      at = field?.refersTo === undefined ? undefined : catalog.entities.get(field.refersTo)
    }
  }
}

function comparisons(filter: Filter, path: string): { pointer: string; names: string[] }[] {
  if ('and' in filter) return filter.and.flatMap((f, i) => comparisons(f, `${path}/and/${i}`))
  if ('or' in filter) return filter.or.flatMap((f, i) => comparisons(f, `${path}/or/${i}`))
  return 'not' in filter ? comparisons(filter.not, `${path}/not`) : [{ pointer: `${path}/field`, names: filter.field.split('.') }]
}

export function checkRoles(roles: string[] | undefined, catalog: Catalog, path: string, report: Report) {
  roles?.forEach((name, i) => noteDefinition('role', name, `${path}/${i}`, report))
  roles?.forEach((name, i) => { if (!catalog.roles.has(name)) report(`${path}/${i}`, 'noSuchDefinition', { kind: { en: 'role', zh: '角色' }, name }) })
}

/** What is told apart by id must have ids of its own. */
export function refuseRepeatedIds(items: { id: string }[] | undefined, path: string, report: Report) {
  for (const i of repetitions(items?.map(({ id }) => id) ?? [])) report(`${path}/${i}/id`, 'duplicateName', { name: items![i]!.id })
}

/** Effects write fields of this record, or make records of other entities; every expression must fit what it is written to. */
export function checkEffects(effects: Effect[] | undefined, entity: CompiledEntity, catalog: Catalog, path: string, report: Report, extra: Extra = {}) {
  refuseRepeatedIds(effects, path, report)
  effects?.forEach((effect, i) => effectChecks[effect.kind](effect as never, { entity, catalog, path: `${path}/${i}`, report, extra }))
}

interface EffectCase { entity: CompiledEntity; catalog: Catalog; path: string; report: Report; extra: Extra }
type EffectOf<K extends Effect['kind']> = Extract<Effect, { kind: K }>

const effectChecks: { [K in Effect['kind']]: (effect: EffectOf<K>, c: EffectCase) => void } = {
  setField: (effect, c) => { refuseStageFields(effect.values, c); checkValues(effect.values, c.entity, c) },
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
  webhook: (effect, c) => {
    for (const [name, source] of Object.entries(effect.body ?? {})) checkExpression(source, c.entity, c.catalog, `${c.path}/body/${name}`, c.report, any, c.extra)
  },
}

/** Inputs fit the table, the version has a text to stand in, and the outputs are known as `rule`. */
function checkRuleUse({ table: name, asOf, inputs, versionField, values }: EffectOf<'applyRule'>, c: EffectCase) {
  const { entity, catalog, path, report, extra } = c
  const table = catalog.ruleTables.get(name)
  noteDefinition('ruleTable', name, `${path}/table`, report)
  if (!table) report(`${path}/table`, 'noSuchDefinition', { kind: { en: 'rule table', zh: '规则表' }, name })
  checkExpression(asOf, entity, catalog, `${path}/asOf`, report, date, extra)
  for (const [input, source] of Object.entries(inputs)) {
    const column = table?.inputs.find((one) => one.name === input)
    if (table && !column) report(`${path}/inputs/${input}`, 'badMember', { reason: { en: `“${name}” has no input “${input}”`, zh: `“${name}”没有输入“${input}”` } })
    checkExpression(source, entity, catalog, `${path}/inputs/${input}`, report, column ? literalTypes[column.type].expression : any, extra)
  }
  if (expectField(entity, versionField, `${path}/versionField`, report)) expectText(entity, versionField, `${path}/versionField`, report)
  checkValues(values, entity, { ...c, extra: { ...extra, rule: table ? { kind: 'map', members: outputTypes(table) } : any } })
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

export function checkFieldSettings(field: Field, path: string, report: Report) {
  const range = field as { min?: string | number; max?: string | number }
  if (range.min !== undefined && range.max !== undefined && Number(range.min) > Number(range.max)) report(`${path}/max`, 'badMember', { reason: { en: 'max is below min', zh: 'max 小于 min' } })
  const reason = fieldTypeOf(field).settingsProblem?.(field)
  if (reason) report(path, 'badMember', { reason })
}
