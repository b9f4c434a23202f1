/** Checks that several kinds of definitions share. */
import { any, boolean, check, type ExpressionType } from '../../../schemas/expressions'
import type { Definition, Field, Filter } from '../../../schemas/generated/types'
import { fieldTypeOf } from '../../../schemas/field-types'
import { resolveFilter, type FilterTarget } from '../../../schemas/filters'
import { noteMembers, type Report } from '../compile-entity'
import { columnNamed, fieldOf, targetOf, type Catalog, type CompiledEntity, type CompiledField } from '../model'
import { idTarget } from '../filter-target'
import { repetitions } from '../repetitions'
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

export function noteField(field: CompiledField | undefined, name: string, entity: CompiledEntity, path: string, report: Report, member: boolean, start?: number) {
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

export function checkFieldSettings(field: Field, path: string, report: Report) {
  const range = field as { min?: string | number; max?: string | number }
  if (range.min !== undefined && range.max !== undefined && Number(range.min) > Number(range.max)) report(`${path}/max`, 'badMember', { reason: { en: 'max is below min', zh: 'max 小于 min' } })
  const reason = fieldTypeOf(field).settingsProblem?.(field)
  if (reason) report(path, 'badMember', { reason })
}
