/** Variables of expressions: their values for a record, and their types for the checker. */
import { text, listOf, type CheckContext, type ExpressionType, type ExpressionValue, type Scope } from '../../schemas/expressions'
import { isMask } from '../../schemas/field-types/mask'
import { systemEntities } from '../../schemas/system'
import type { Catalog, CompiledEntity, CompiledField, Person, RuleContext, WireRecord } from './model'

type Variables = { [name: string]: ExpressionValue | undefined }

const source = Symbol('record')

/**
 * A record's fields as expression values, each translated when it is first read: a rule reads few of them. No name leaks in, for
 * nothing is inherited but the fields.
 */
function variablesOf(entity: CompiledEntity, record: WireRecord): Variables {
  const variables = Object.create(readersOf(entity)) as Variables
  Object.defineProperty(variables, source, { value: record })
  variables.id = (record.id as string | undefined) ?? null
  return variables
}

const readers = new WeakMap<CompiledEntity, Variables>()

function readersOf(entity: CompiledEntity): Variables {
  let all = readers.get(entity)
  if (!all) {
    all = Object.create(null) as Variables
    for (const field of entity.fields.values()) Object.defineProperty(all, field.name, readerOf(field))
    readers.set(entity, all)
  }
  return all
}

function readerOf(field: CompiledField): PropertyDescriptor & ThisType<Variables & { [source]: WireRecord }> {
  const keep = (variables: object, value: ExpressionValue | undefined) => { Object.defineProperty(variables, field.name, { value, writable: true, enumerable: true, configurable: true }) }
  return {
    get() { const value = toExpression(field, this[source][field.name]); keep(this, value); return value },
    set(value: ExpressionValue | undefined) { keep(this, value) },
  }
}

/** A row's columns, before what the expressions around it may read. */
export function rowVariables(columns: CompiledField[], row: WireRecord, around: Variables): Variables {
  const variables = Object.create(around) as Variables
  variables.id = (row.id as string | undefined) ?? null
  for (const column of columns) variables[column.name] = toExpression(column, row[column.name])
  return variables
}

/** In the browser a value may be masked; rules then do not know it. */
export function toExpression(field: CompiledField, value: unknown): ExpressionValue {
  const known = field.effectiveType.storage !== 'text' && isMask(value) ? null : value
  return field.effectiveType.toExpression(known ?? null, field.effective)
}

/** Everything an expression over a record may read. `extra` adds to it: input, item, index. */
export function scopeOf(entity: CompiledEntity, record: WireRecord, context: RuleContext, catalog?: Catalog, extra: Variables = {}): Scope {
  const variables = variablesOf(entity, record)
  variables.me = personValue(context.me)
  variables.today = context.today
  Object.assign(variables, extra)
  return { variables, related: catalog && context.related ? relatedReader(catalog, context.related) : undefined }
}

function personValue(me: Person): ExpressionValue {
  return { id: me.id, username: me.username, name: me.name, roles: me.roles, department: me.department }
}

function relatedReader(catalog: Catalog, related: NonNullable<RuleContext['related']>): Scope['related'] {
  const seen = new Map<string, Variables | undefined>()
  return (id, member) => {
    if (!seen.has(id)) {
      const found = related(id)
      const entity = found && catalog.entities.get(found.entity)
      seen.set(id, entity && variablesOf(entity, found.record))
    }
    return seen.get(id)?.[member]
  }
}

const meType: ExpressionType = { kind: 'map', members: { id: { kind: 'reference', entity: systemEntities.user }, username: text, name: text, roles: listOf(text), department: { kind: 'reference', entity: systemEntities.department } } }

/** Types of the variables of an entity's expressions. */
export function typesOf(entity: CompiledEntity, catalog: Catalog, extra: { [name: string]: ExpressionType } = {}): CheckContext {
  return {
    variables: { ...memberTypes(entity), me: meType, today: { kind: 'date' }, ...extra },
    members: (name) => { const target = catalog.entities.get(name); return target && memberTypes(target) },
    renamed: (name, of = entity.name) => catalog.entities.get(of)?.aliases.get(name),
  }
}

const memo = new WeakMap<CompiledEntity, { [name: string]: ExpressionType }>()

function memberTypes(entity: CompiledEntity): { [name: string]: ExpressionType } {
  let types = memo.get(entity)
  if (!types) {
    types = { id: { kind: 'reference', entity: entity.name } }
    for (const field of entity.fields.values()) types[field.name] = ofRows(entity, field, field.effectiveType.expressionType(field.effective))
    memo.set(entity, types)
  }
  return types
}

/** Rows know which sub-table they are of. */
function ofRows(entity: CompiledEntity, { name, rows }: CompiledField, type: ExpressionType): ExpressionType {
  if (!rows || type.kind !== 'list' || type.of.kind !== 'map') return type
  const former = Object.fromEntries(rows.flatMap((c) => (c.definition.aliases ?? []).map((alias) => [alias, c.name])))
  return { ...type, of: { ...type.of, rows: { entity: entity.name, field: name, former } } }
}

/** Types of plain fields, as of an action's input. */
export function fieldMembers(fields: CompiledField[]): ExpressionType {
  return { kind: 'map', members: Object.fromEntries(fields.map((f) => [f.name, f.effectiveType.expressionType(f.effective)])) }
}
