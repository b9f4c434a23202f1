/**
 * What a person's input makes of a record, and whether it may be so. Pure: the use-case around it reads, calls and writes.
 *
 *     mergeInput    shape, rights, canonical values, defaults     → the record as meant
 *     completeRecord  formulas, hidden values cleared, every rule → the record as it will be stored
 */
import { broken, evaluate, ExpressionError, holds, type Scope } from '../../schemas/expressions'
import type { Problem } from '../../schemas/errors'
import type { JsonSchema } from '../../schemas/field-types/field-type'
import { computeRecord } from './compute-record'
import { holdingFlow, watches } from './held-changes'
import type { StageField } from '../../schemas/generated/types'
import { pipelineOf, stageOf, type Catalog, type CompiledEntity, type CompiledField, type RuleContext, type WireRecord } from './model'
import { scopeOf, toExpression } from './scope'

/** Checks a value against a JSON Schema; every problem at once. ajv in the server, another validator in the browser. */
export type ShapeValidator = (schema: JsonSchema, value: unknown) => Problem[]
/** mask: to be seen masked only, and to be found by nothing. */
export type FieldAccess = 'hidden' | 'mask' | 'read' | 'write'

export interface MergeOptions {
  /** The stored record; undefined when it is being created. */
  stored: WireRecord | undefined
  shape: ShapeValidator
  /** Rights on a field; `write` when an effect of a definition writes. */
  access: (field: string) => FieldAccess
  /** A person may not write read-only fields; effects may. */
  byPerson: boolean
  newId: () => string
}

/** Input with the present names of its fields and of the columns of its rows. A former name counts only where the present one is not given. */
export function presentNames(entity: CompiledEntity, input: WireRecord): WireRecord {
  const named = respelt(input, entity.aliases)
  const tables = entity.own.filter((f) => Array.isArray(named[f.name]) && formerColumns(f).size > 0)
  return tables.length === 0 ? named : { ...named, ...Object.fromEntries(tables.map((f) => [f.name, presentRows(f, named[f.name])])) }
}

/** Rows with the present names of their columns. */
export function presentRows(table: CompiledField, rows: unknown): unknown {
  const former = formerColumns(table)
  return former.size === 0 || !Array.isArray(rows) ? rows : rows.map((row: unknown) => (typeof row === 'object' && row !== null ? respelt(row as WireRecord, former) : row))
}

const formerColumns = ({ rows }: CompiledField) => new Map((rows ?? []).flatMap((c) => (c.definition.aliases ?? []).map((alias): [string, string] => [alias, c.name])))

function respelt(input: WireRecord, former: ReadonlyMap<string, string>): WireRecord {
  if (former.size === 0) return input
  return Object.fromEntries(Object.entries(input).flatMap(([name, value]): [string, unknown][] => {
    const present = former.get(name)
    return present === undefined ? [[name, value]] : Object.hasOwn(input, present) ? [] : [[present, value]]
  }))
}

/** Faults of size only: the value is of its kind, so that the rules can be asked too and every problem comes back at once. */
const measures = new Set<Problem['code']>(['tooLong', 'tooShort', 'tooSmall', 'tooLarge', 'tooFew'])

export function mergeInput(entity: CompiledEntity, input: WireRecord, options: MergeOptions): { record: WireRecord; problems: Problem[]; /** False: the shape is wrong and nothing was merged. */ sound: boolean } {
  const problems = options.shape(entity.inputSchema, input).map((p) => labelled(entity, p))
  if (problems.some((p) => !measures.has(p.code))) return { record: input, problems, sound: false }
  const record: WireRecord = { ...options.stored }
  for (const [name, value] of Object.entries(input)) {
    const field = entity.fields.get(name)!
    const refused = refusal(field, options)
    if (refused) problems.push(refused)
    else record[name] = canonical(field, value, { path: `/${name}`, stored: options.stored?.[name], problems, newId: options.newId })
  }
  return { record, problems, sound: true }
}

function refusal(field: CompiledField, { access, byPerson }: MergeOptions): Problem | undefined {
  const right = access(field.name)
  if (right === 'hidden') return { path: `/${field.name}`, code: 'unknownField', params: { name: field.name } }
  if (right === 'read' || right === 'mask' || (byPerson && field.definition.readOnly)) return { path: `/${field.name}`, code: 'readOnly', params: { label: field.definition.label } }
  return undefined
}

/** Where a value stands, and the value that is stored there. */
interface Place { path: string; stored: unknown; problems: Problem[]; newId: () => string }

/** The canonical form of an input value, its problems reported. Rows get ids and lose what is computed anew. What was accepted once and stays is not judged again. */
function canonical(field: CompiledField, value: unknown, place: Place): unknown {
  if (value === null || value === undefined) return field.rows ? [] : null
  if (field.rows) return canonicalRows(field.rows, value as WireRecord[], place)
  // What is too long is not read: reading takes time, and the reason is known.
  if (place.problems.some(({ path, code }) => code === 'tooLong' && path === place.path)) return value
  const normal = field.type.normalise ? field.type.normalise(value, field.definition) : value
  const wrong = normal === null || equalValues(normal, place.stored) ? undefined : field.type.check?.(normal, field.definition)
  if (wrong) place.problems.push({ path: place.path, code: wrong.code, params: { label: field.definition.label, ...wrong.params } })
  return normal
}

function canonicalRows(columns: CompiledField[], rows: WireRecord[], { path, stored, problems, newId }: Place): WireRecord[] {
  const before = new Map(((stored as WireRecord[] | null | undefined) ?? []).map((row) => [row.id, row]))
  const seen = new Set<string>()
  return rows.map((row, i) => {
    const id = typeof row.id === 'string' && !seen.has(row.id) ? row.id : newId()
    seen.add(id)
    const result: WireRecord = { id }
    for (const column of columns) if (!column.computed) result[column.name] = canonical(column, row[column.name] ?? column.definition.default, { path: `${path}/${i}/${column.name}`, stored: before.get(id)?.[column.name], problems, newId })
    return result
  })
}

/** Gives a problem of the shape the label of its field. */
function labelled(entity: CompiledEntity, problem: Problem): Problem {
  const [, name, , column] = problem.path.split('/')
  const field = entity.fields.get(name ?? '')
  if (problem.code === 'unknownField' && (field?.computed || field?.system)) return { path: problem.path, code: 'readOnly', params: { label: field.definition.label } }
  const target = field?.rows?.find((c) => c.name === column) ?? field
  return target ? { ...problem, params: { ...problem.params, label: target.definition.label } } : problem
}

/** Values of a new record that were not given, each seen by the defaults after it. */
export function withDefaults(entity: CompiledEntity, record: WireRecord, context: RuleContext, catalog: Catalog): WireRecord {
  const scope = scopeOf(entity, record, context, catalog)
  for (const field of entity.own) {
    if (record[field.name] !== undefined || field.computed) continue
    record[field.name] = defaultOf(field, scope)
    scope.variables[field.name] = toExpression(field, record[field.name])
  }
  return record
}

export function defaultOf(field: CompiledField, scope: Scope): unknown {
  const { default: literal, defaultExpr } = field.definition
  if (defaultExpr !== undefined) return quietly(() => field.type.fromExpression(evaluate(defaultExpr, scope), field.definition), null)
  if (literal !== undefined) return field.type.normalise ? field.type.normalise(literal, field.definition) : literal
  return field.rows ? [] : null
}

/** A condition of a definition that cannot be evaluated counts as not met. */
function quietly<T>(run: () => T, otherwise: T): T {
  try { return run() } catch (error) {
    if (error instanceof ExpressionError) return otherwise
    throw error
  }
}

export interface FieldState { visible: boolean; required: boolean; readOnly: boolean; /** Read-only as the record stands now. */ locked: boolean }

/** How each own field stands: shown, demanded, locked. Locks look at the stored record, the others at the record as it is being edited. */
export function fieldStates(entity: CompiledEntity, record: WireRecord, stored: WireRecord | undefined, context: RuleContext, catalog?: Catalog): Map<string, FieldState> {
  const now = scopeOf(entity, record, context, catalog)
  const before = stored && scopeOf(entity, stored, context, catalog)
  const is = (condition: string | undefined, scope: Scope | undefined) => condition !== undefined && scope !== undefined && quietly(() => holds(condition, scope), false)
  const holder = stored && catalog && holdingFlow(entity, stored, context, catalog)
  const [demands, locks] = [stageFields(entity, record, 'required', catalog), stageFields(entity, stored, 'readonly', catalog)]
  return new Map(entity.own.map(({ name, computed, definition: d }) => {
    const locked = !(holder && watches(holder, name)) && (is(d.readOnlyWhen, before) || locks.has(name))
    return [name, {
      visible: !d.hidden && (d.visibleWhen === undefined || is(d.visibleWhen, now)),
      required: d.required === true || is(d.requiredWhen, now) || (demands.has(name) && !computed),
      readOnly: computed || d.readOnly === true || locked,
      locked,
    }]
  }))
}

/** Fields that the stage of a record demands or locks. */
function stageFields(entity: CompiledEntity, record: WireRecord | undefined, access: StageField['access'], catalog: Catalog | undefined): Set<string> {
  const binding = entity.definition.pipeline
  const stage = binding && record && catalog && stageOf(pipelineOf(catalog, entity, record), record[binding.stageField])
  return new Set(stage?.fieldAccess?.filter((f) => f.access === access).map((f) => f.field))
}

export interface CompleteOptions {
  stored: WireRecord | undefined
  context: RuleContext
  catalog: Catalog
  byPerson: boolean
}

/**
 * Computes and checks a merged record. A person's edit must satisfy every rule there is now. What a definition causes must not break a
 * rule, but is not stopped by one that the stored record did not satisfy before: a rule that came later never blocks an approval.
 */
export function completeRecord(entity: CompiledEntity, merged: WireRecord, { stored, context, catalog, byPerson }: CompleteOptions): { record: WireRecord; problems: Problem[] } {
  const first = computeRecord(entity, merged, context, catalog)
  const states = fieldStates(entity, first.record, stored, context, catalog)
  const cleared = clearHidden(entity, first.record, states)
  const { record, problems } = cleared === first.record ? first : computeRecord(entity, cleared, context, catalog)
  const broken = [...requiredProblems(entity, record, states), ...validationProblems(entity, record, context, catalog)]
  const older = byPerson || !stored ? [] : [...requiredProblems(entity, stored, states), ...validationProblems(entity, stored, context, catalog)]
  return { record, problems: [...problems, ...(byPerson ? lockProblems(entity, record, stored, states) : []), ...newProblems(broken, older)] }
}

/** Problems that were not there before. */
export function newProblems(now: Problem[], before: Problem[]): Problem[] {
  const key = (p: Problem) => `${p.path} ${p.code} ${String(p.params?.rule ?? '')}`
  const known = new Set(before.map(key))
  return now.filter((p) => !known.has(key(p)))
}

function clearHidden(entity: CompiledEntity, record: WireRecord, states: Map<string, FieldState>): WireRecord {
  const stale = entity.own.filter((f) => f.definition.visibleWhen !== undefined && !states.get(f.name)!.visible && !f.computed && !isEmpty(record[f.name]))
  return stale.length === 0 ? record : { ...record, ...Object.fromEntries(stale.map((f) => [f.name, f.rows ? [] : null])) }
}

export const isEmpty = (value: unknown) => value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)

function requiredProblems(entity: CompiledEntity, record: WireRecord, states: Map<string, FieldState>): Problem[] {
  const problems: Problem[] = []
  for (const field of entity.own) {
    const state = states.get(field.name)!
    if (state.required && (state.visible || field.definition.hidden) && !field.computed && isEmpty(record[field.name])) problems.push(missing(`/${field.name}`, field))
    if (field.rows) (record[field.name] as WireRecord[] | null)?.forEach((row, i) => {
      for (const column of field.rows!) if (column.definition.required && !column.computed && isEmpty(row[column.name])) problems.push(missing(`/${field.name}/${i}/${column.name}`, column))
    })
  }
  return problems
}

export const missing = (path: string, field: CompiledField): Problem => ({ path, code: 'required', params: { label: field.definition.label } })

function lockProblems(entity: CompiledEntity, record: WireRecord, stored: WireRecord | undefined, states: Map<string, FieldState>): Problem[] {
  if (!stored) return []
  return entity.own
    .filter((f) => states.get(f.name)!.locked && !f.computed && !equalValues(record[f.name], stored[f.name]))
    .map((f) => ({ path: `/${f.name}`, code: 'locked', params: { label: f.definition.label } }))
}

/** Equality of wire values; the order of an object's members does not matter, empty is equal to empty. */
export function equalValues(a: unknown, b: unknown): boolean {
  if (a === b || (isEmpty(a) && isEmpty(b))) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, i) => equalValues(item, b[i]))
  const names = new Set([...Object.keys(a), ...Object.keys(b)])
  return [...names].every((name) => equalValues((a as WireRecord)[name], (b as WireRecord)[name]))
}

export function validationProblems(entity: CompiledEntity, record: WireRecord, context: RuleContext, catalog: Catalog): Problem[] {
  const rules = entity.definition.validations ?? []
  if (rules.length === 0) return []
  const scope = scopeOf(entity, record, context, catalog)
  return rules
    .filter(({ rule }) => quietly(() => broken(rule, scope), true))
    .map(({ field, message, id }) => ({ path: field ? `/${field}` : '', code: 'ruleViolated' as const, params: { text: message, rule: id } }))
}
