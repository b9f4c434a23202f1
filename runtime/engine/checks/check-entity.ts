import { isValueLike } from '../../../schemas/field-types'
import type { FieldType } from '../../../schemas/field-types/field-type'
import type { Entity, Field, RollupField, UniqueAgainst, UniqueRule } from '../../../schemas/generated/types'
import { systemEntities } from '../../../schemas/system'
import { rolledUpField, type Report } from '../compile-entity'
import { columnNamed, fieldOf, type Catalog, type CompiledEntity, type CompiledField } from '../model'
import { flatTarget } from '../row-filter'
import { isSteady } from '../unique-rules'
import { repetitions } from '../repetitions'
import { checkFieldSettings, checkFilter, entityOf, expectColumn, expectField, expectStored, noteRowFilter, quietly, refuseRepeatedIds } from './common'

export function checkEntity(definition: Entity, catalog: Catalog, report: Report) {
  const entity = catalog.entities.get(definition.name)!
  expectField(entity, definition.titleField, '/titleField', report)
  expectField(entity, definition.subtitleField, '/subtitleField', report)
  for (const i of repetitions(definition.unique?.map(({ fields, when, normalise }) => JSON.stringify([fields, when, normalise])) ?? [])) report(`/unique/${i}`, 'badMember', { reason: { en: 'the same rule stands there already', zh: '与前面的规则相同' } })
  definition.unique?.forEach((rule, i) => checkUnique(rule, entity, catalog, `/unique/${i}`, report))
  definition.indexes?.forEach((index, i) => index.forEach((name, j) => expectStored(entity, name, `/indexes/${i}/${j}`, report)))
  refuseRepeatedIds(definition.validations, '/validations', report)
  definition.validations?.forEach((v, i) => expectField(entity, v.field, `/validations/${i}/field`, report))
  expectReference(entity, definition.ownedBy, '/ownedBy', report)
  if (typeof definition.ownership === 'object') expectReference(entity, definition.ownership.from, '/ownership/from', report)
  checkTeam(entity, report)
  checkPipelineBinding(entity, report)
  entity.own.forEach((field, i) => checkField(field, entity, catalog, `/fields/${i}`, report))
}

/** People: a field of theirs, or lines with a column of theirs and, if it ends, columns of dates. */
function checkTeam(entity: CompiledEntity, report: Report) {
  const { team } = entity.definition
  if (!team || !expectField(entity, team.field, '/team/field', report)) return
  const field = fieldOf(entity, team.field)!
  const columns: [string, string | undefined, (c: CompiledField) => boolean, { en: string; zh: string }][] = [
    ['user', team.user, isPeople, { en: 'user', zh: '用户' }], ['from', team.from, isDate, { en: 'date', zh: '日期' }], ['to', team.to, isDate, { en: 'date', zh: '日期' }],
  ]
  if (!field.rows) {
    if (!isPeople(field)) report('/team/field', 'wrongFieldType', { name: team.field, expected: { en: 'user', zh: '用户' } })
    for (const [member, name] of columns) if (name !== undefined) report(`/team/${member}`, 'noSuchField', { name, entity: field.definition.label })
    return
  }
  if (team.user === undefined) report('/team/user', 'missingMember', { name: 'user' })
  for (const [member, name, fits, expected] of columns) {
    const column = name === undefined ? undefined : columnNamed(field, name)
    if (expectColumn(entity, field, name, `/team/${member}`, report) && column && !fits(column)) report(`/team/${member}`, 'wrongFieldType', { name, expected })
  }
}

const isPeople = (field: CompiledField) => field.refersTo === systemEntities.user
const isDate = (field: CompiledField) => field.effectiveType.expressionType(field.effective).kind === 'date'

function checkUnique(rule: UniqueRule, entity: CompiledEntity, catalog: Catalog, path: string, report: Report) {
  checkCompared(rule, entity, catalog, path, report)
  rule.against?.forEach((against, i) => checkAgainst(rule, against, entity, catalog, `${path}/against/${i}`, report))
}

/** Other records are compared with by what can be equal: as many values, of the same types or made alike. */
function checkAgainst(rule: UniqueRule, against: UniqueAgainst, entity: CompiledEntity, catalog: Catalog, path: string, report: Report) {
  const target = entityOf(against.entity, catalog, report, `${path}/entity`)
  if (!target) return
  if (target === entity) report(`${path}/entity`, 'badMember', { reason: { en: 'records of the same kind are compared already', zh: '同类记录本来就会比较' } })
  checkCompared(against, target, catalog, path, report)
  if (against.fields.length !== rule.fields.length) report(`${path}/fields`, 'badMember', { reason: { en: 'as many fields as the rule has', zh: '字段数须与规则相同' } })
  against.fields.forEach((name, i) => {
    const [here, there] = [fieldOf(entity, rule.fields[i] ?? ''), fieldOf(target, name)]
    if (here && there && !comparable(here, there, rule)) report(`${path}/fields/${i}`, 'wrongFieldType', { name, expected: here.definition.label })
  })
}

const comparable = (here: CompiledField, there: CompiledField, { normalise }: UniqueRule) =>
  here.refersTo === there.refersTo && (here.effective.type === there.effective.type || (normalise !== undefined && here.refersTo === undefined))

function checkCompared({ fields, when }: Pick<UniqueRule, 'fields' | 'when'>, entity: CompiledEntity, catalog: Catalog, path: string, report: Report) {
  for (const i of repetitions(fields)) report(`${path}/fields/${i}`, 'duplicateName', { name: fields[i] })
  fields.forEach((name, i) => expectStored(entity, name, `${path}/fields/${i}`, report))
  checkFilter(when, entity, catalog, `${path}/when`, report, flatTarget([...entity.fields.values()].filter((f) => !f.volatile)))
  if (when && !isSteady(when, entity)) report(`${path}/when`, 'badFilter', { reason: { en: 'it must not depend on who asks or on the day', zh: '不得随用户或日期变化' } })
}

function expectReference(entity: CompiledEntity, name: string | undefined, path: string, report: Report) {
  if (name === undefined || !expectField(entity, name, path, report)) return
  const field = fieldOf(entity, name)!
  if (!field.refersTo || field.type.storage !== 'text') report(path, 'wrongFieldType', { name, expected: { en: 'reference', zh: '引用' } })
}

const choice = { fits: (type: FieldType) => type.options !== undefined && type.storage === 'text', expected: { en: 'choice', zh: '单选' } }
const moment = { fits: (type: FieldType, field: Field) => type.expressionType(field).kind === 'dateTime', expected: { en: 'date and time', zh: '日期时间' } }
/** What the fields are that hold where a record is; the others are choices. */
const bindings = { probabilityField: { fits: (type: FieldType, field: Field) => type.expressionType(field).kind === 'decimal', expected: { en: 'number', zh: '数字' } }, sinceField: moment, activityField: moment }

function checkPipelineBinding(entity: CompiledEntity, report: Report) {
  const binding = entity.definition.pipeline
  if (!binding) return
  for (const [member, name] of Object.entries(binding)) {
    if (!expectField(entity, name, `/pipeline/${member}`, report)) continue
    const { effective, effectiveType, volatile } = fieldOf(entity, name)!
    const { fits, expected } = bindings[member as keyof typeof bindings] ?? choice
    if (volatile || !fits(effectiveType, effective)) report(`/pipeline/${member}`, 'wrongFieldType', { name, expected })
  }
}

function checkField(field: CompiledField, entity: CompiledEntity, catalog: Catalog, path: string, report: Report) {
  const d = field.definition
  if (field.refersTo) {
    const target = entityOf(field.refersTo, catalog, report, `${path}/entity`)
    if (target) checkCopy(field, entity, target, path, report)
  }
  if ('rollup' in d) checkRollup(d, entity, catalog, path, report)
  const currency = (field.effective as { currencyField?: string }).currencyField
  if (currency !== undefined) expectField(entity, currency, `${path}/currencyField`, report)
  checkFieldSettings(d, path, report)
  checkDefault(field, path, report)
  field.rows?.forEach((column, i) => checkColumn(column, field, entity, catalog, `${path}/fields/${i}`, report))
}

function checkColumn(column: CompiledField, table: CompiledField, entity: CompiledEntity, catalog: Catalog, path: string, report: Report) {
  if (column.refersTo) {
    const target = entityOf(column.refersTo, catalog, report, `${path}/entity`)
    for (const [here, there] of Object.entries((column.definition as { copy?: Record<string, string> }).copy ?? {})) {
      expectColumn(entity, table, here, `${path}/copy/${here}`, report, true)
      if (target) expectField(target, there, `${path}/copy/${here}`, report)
    }
  }
  checkFieldSettings(column.definition, path, report)
  checkDefault(column, path, report)
}

function checkCopy(field: CompiledField, entity: CompiledEntity, target: CompiledEntity, path: string, report: Report) {
  for (const [here, there] of Object.entries((field.definition as { copy?: Record<string, string> }).copy ?? {})) {
    expectField(target, there, `${path}/copy/${here}`, report)
    expectField(entity, here, `${path}/copy/${here}`, report, true)
  }
}

function checkRollup(field: RollupField, entity: CompiledEntity, catalog: Catalog, path: string, report: Report) {
  const { rollup } = field
  noteRollup(field, entity, catalog, path, report)
  if ((rollup.lines === undefined) === (rollup.entity === undefined)) { report(`${path}/rollup`, 'badMember', { reason: { en: 'give either “lines” or “entity” and “via”', zh: '须填写 lines，或 entity 与 via' } }); return }
  if (rollup.op !== 'count' && rollup.field === undefined) report(`${path}/rollup/field`, 'missingMember', { name: 'field' })
  if (rollup.field !== undefined) checkAddedUp(field, entity, catalog, path, report)
  if (rollup.lines !== undefined) {
    const rows = fieldOf(entity, rollup.lines)?.rows
    if (!rows) report(`${path}/rollup/lines`, 'wrongFieldType', { name: rollup.lines, expected: 'lines' })
    else checkFilter(rollup.filter, undefined, catalog, `${path}/rollup/filter`, report, flatTarget(rows))
    return
  }
  const child = entityOf(rollup.entity!, catalog, report, `${path}/rollup/entity`)
  if (!child) return
  if (child.fields.get(rollup.via ?? '')?.refersTo !== entity.name) report(`${path}/rollup/via`, 'wrongFieldType', { name: rollup.via, expected: { en: `reference to ${entity.name}`, zh: `指向${entity.definition.label.zh}的引用` } })
  checkFilter(rollup.filter, child, catalog, `${path}/rollup/filter`, report, flatTarget([...child.fields.values()].filter((f) => !f.volatile)))
}

/** What it adds up, whether or not it may. */
function noteRollup({ rollup }: RollupField, entity: CompiledEntity, catalog: Catalog, path: string, report: Report) {
  const ignore = quietly(report)
  if (rollup.lines !== undefined) {
    expectField(entity, rollup.lines, `${path}/rollup/lines`, ignore)
    const table = fieldOf(entity, rollup.lines)
    if (table?.rows) { expectColumn(entity, table, rollup.field, `${path}/rollup/field`, ignore); noteRowFilter(rollup.filter, entity, table, `${path}/rollup/filter`, report) }
    return
  }
  const child = catalog.entities.get(rollup.entity ?? '')
  if (!child) return
  expectField(child, rollup.via, `${path}/rollup/via`, ignore)
  expectField(child, rollup.field, `${path}/rollup/field`, ignore)
}

function checkAddedUp(field: RollupField, entity: CompiledEntity, catalog: Catalog, path: string, report: Report) {
  const added = rolledUpField(catalog, entity, field)
  const at = `${path}/rollup/field`
  if (!added) report(at, 'noSuchField', { name: field.rollup.field, entity: field.rollup.entity ?? field.rollup.lines })
  else if (added.volatile) report(at, 'badMember', { reason: { en: `${added.name} changes with the day and cannot be added up`, zh: `${added.name}随日期变化，不能汇总` } })
  else if ((field.rollup.op === 'sum' || field.rollup.op === 'avg') && added.effectiveType.expressionType(added.effective).kind !== 'decimal') report(at, 'wrongFieldType', { name: added.name, expected: { en: 'number', zh: '数字' } })
}

function checkDefault(field: CompiledField, path: string, report: Report) {
  const { definition, type } = field
  const value = definition.default
  if (value === undefined || value === null) return
  const params = { label: definition.label }
  if (!isValueLike(value, definition)) { report(`${path}/default`, 'wrongType', { ...params, expected: definition.type }); return }
  const options = type.options?.(definition)?.map((o) => o.value)
  const given = Array.isArray(value) ? value : [value]
  if (options && given.some((v) => !options.includes(v as string))) report(`${path}/default`, 'notAnOption', { ...params, value: given.join(', ') })
  const wrong = type.check?.(type.normalise ? type.normalise(value, definition) : value, definition)
  if (wrong) report(`${path}/default`, wrong.code, { ...params, ...wrong.params })
}
