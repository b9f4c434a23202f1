/** An entity definition with its fields looked up, its options filled in and its formulas put in order. */
import { boolean, check, reads, type ExpressionType, type MemberRead } from '../../schemas/expressions'
import type { Entity, Field, FormulaField, RollupField } from '../../schemas/generated/types'
import type { ProblemCode } from '../../schemas/errors'
import { compileField } from './compile-field'
import { inputSchema } from './input-schema'
import { columnNamed, fieldOf, targetOf, type Catalog, type CompiledEntity, type CompiledField, type ComputeStep } from './model'
import type { Rename } from './renames'
import { withOptions, type OptionSources } from './options'
import { uidOf } from './changes/identity'
import { repeatedNames } from './repetitions'
import { reservedColumns, reservedInRows, reservedNames, systemFieldsOf } from './system-fields'
import { entityAt, formulaReads, referenceReads, type ReferenceRead } from './reference-reads'
import { typesOf } from './scope'

/** Takes what a check finds at a place of its document. */
export interface Report {
  (path: string, code: ProblemCode, params?: Record<string, unknown>): void
  /** The place relies on something; see `targetOf`. */
  use?(path: string, target: string, version?: number): void
  /** The place speaks of a field by a former name. */
  rename?(rename: Rename): void
}

/** Fields only; expressions are compiled when every entity is known. */
export function outlineEntity(definition: Entity, sources: OptionSources, report: Report): CompiledEntity {
  const fields = new Map(systemFieldsOf(definition).map((f) => [f.name, compileField(f, true)]))
  const own = definition.fields.map((field, i) => compileField(withOptions(withUid(field), sources, `/fields/${i}`, report)))
  const repeated = repeatedNames(own.map((f) => f.name))
  own.forEach((field, i) => {
    if (reservedNames.has(field.name)) report(`/fields/${i}/name`, 'reservedName', { name: field.name })
    else if (repeated.has(i)) report(`/fields/${i}/name`, 'duplicateName', { name: field.name })
    else fields.set(field.name, field)
    checkColumns(field, `/fields/${i}`, report)
  })
  const aliases = aliasesOf(own, fields, '/fields', report)
  checkIdentities(own.map((f) => f.definition), reservedColumns, '/fields', report)
  return { name: definition.name, definition, fields, aliases, own, steps: [], rulesRead: new Set(), inputSchema: {}, comparedBy: [] }
}

/** Identities name columns: each its own, and none of those that every record has. Names are judged where they stand. */
function checkIdentities(fields: Field[], reserved: Set<string>, path: string, report: Report) {
  const uids = fields.map(uidOf)
  const [repeated, named] = [repeatedNames(uids), repeatedNames(fields.map((f) => f.name))]
  fields.forEach(({ name, uid }, i) => {
    if (uid !== undefined && uid !== name && reserved.has(uid.toLowerCase())) report(`${path}/${i}/uid`, 'reservedName', { name: uid })
    else if (repeated.has(i) && !(uids[i] === name && named.has(i))) report(`${path}/${i}/uid`, 'duplicateName', { name: uids[i] })
  })
}

/** A former name must be free: what still uses it must not silently mean another field. */
function aliasesOf(own: CompiledField[], fields: Map<string, CompiledField>, path: string, report: Report): Map<string, string> {
  const aliases = new Map<string, string>()
  own.forEach((field, i) => field.definition.aliases?.forEach((alias, j) => {
    const other = fields.get(alias)?.name ?? aliases.get(alias)
    if (other !== undefined || reservedNames.has(alias)) report(`${path}/${i}/aliases/${j}`, 'aliasTaken', { name: alias, field: field.definition.label })
    else aliases.set(alias, field.name)
  }))
  return aliases
}

function checkColumns(field: CompiledField, path: string, report: Report) {
  const repeated = repeatedNames(field.rows?.map((c) => c.name) ?? [])
  field.rows?.forEach((column, i) => {
    const at = `${path}/fields/${i}`
    if (reservedInRows.has(column.name) || reservedNames.has(column.name)) report(`${at}/name`, 'reservedName', { name: column.name })
    else if (repeated.has(i)) report(`${at}/name`, 'duplicateName', { name: column.name })
    if (column.rows || column.type.ofRecord) report(`${at}/type`, 'wrongFieldType', { name: column.name, expected: { en: 'one that fits into a row', zh: '可用于明细行的类型' } })
  })
  if (field.rows) aliasesOf(field.rows, new Map(field.rows.map((c) => [c.name, c])), `${path}/fields`, report)
  if (field.rows?.some((c) => c.definition.uid !== undefined)) checkIdentities(field.rows.map((c) => c.definition), reservedInRows, `${path}/fields`, report)
}

const withUid = (field: Field): Field => (field.uid === undefined ? { ...field, uid: field.name } : field)

/** Roll-ups learn what they add up; one may add up another, so it is repeated until nothing changes. */
export function resolveRollups(catalog: Catalog) {
  for (let round = 0, changed = true; changed && round < 20; round++) {
    changed = false
    for (const entity of catalog.entities.values()) for (const field of entity.own) {
      const rollup = (field.definition as RollupField).rollup
      const added = rollup?.field && rolledUpField(catalog, entity, field.definition as RollupField)
      if (!added || JSON.stringify(added.effective) === JSON.stringify((field as { of?: Field }).of)) continue
      replace(entity, field, Object.assign(compileField(field.definition, false, added.effective), { of: added.effective }))
      changed = true
    }
  }
}

function replace(entity: CompiledEntity, old: CompiledField, field: CompiledField) {
  entity.own[entity.own.indexOf(old)] = field
  entity.fields.set(field.name, field)
}

export function rolledUpField(catalog: Catalog, entity: CompiledEntity, { rollup }: RollupField): CompiledField | undefined {
  if (rollup.lines !== undefined) { const table = fieldOf(entity, rollup.lines); return table && columnNamed(table, rollup.field ?? '') }
  return catalog.entities.get(rollup.entity ?? '')?.fields.get(rollup.field ?? '')
}

/** Type-checks every expression of the entity, orders what is computed and finds what its rules read of other records. */
export function compileExpressions(entity: CompiledEntity, catalog: Catalog, report: Report) {
  const context = typesOf(entity, catalog)
  const readsOf = new Map<string, string[]>()
  const verify: Verify = (source, path, expected, in_ = context, table) => {
    if (source === undefined) return []
    const checked = check(source, in_, expected)
    for (const reason of checked.problems) report(path, 'badExpression', { reason })
    noteMembers(checked.members.map((m) => (m.entity === undefined && table && columnNamed(table, m.name) ? { ...m, table: table.name } : m)), entity, path, report)
    return checked.reads
  }
  const rule = (source: string | undefined, path: string) => { verify(source, path, boolean); if (source !== undefined) note(referenceReads(source, entity, catalog)) }
  const note = (found: ReferenceRead[]) => { for (const { path } of found) entity.rulesRead.add(path.join('.')) }
  entity.own.forEach((field, i) => {
    const path = `/fields/${i}`
    const { definition: d } = field
    for (const name of ['requiredWhen', 'readOnlyWhen', 'visibleWhen'] as const) rule(d[name], `${path}/${name}`)
    verify(d.defaultExpr, `${path}/defaultExpr`, field.type.expressionType(d))
    readsOf.set(field.name, computedReads(field, path, verify, context))
  })
  entity.definition.validations?.forEach((v, i) => rule(v.rule, `/validations/${i}/rule`))
  note(formulaReads(entity, catalog))
  entity.steps = order(entity, readsOf)
  markVolatile(entity, readsOf)
  entity.inputSchema = inputSchema([...entity.own, entity.fields.get('owner')!])
}

/** What an expression reads: fields of its own entity and of those it walks to. */
export function noteMembers(members: MemberRead[], entity: CompiledEntity, path: string, report: Report) {
  for (const { entity: of = entity.name, table, name, renamed, start } of members) {
    const present = renamed ?? name
    report.use?.(path, targetOf.field(of, table === undefined ? present : `${table}.${present}`))
    if (renamed !== undefined) report.rename?.({ path, from: name, to: renamed, start })
  }
}

/** `table`: the expression stands in a column of it. */
type Verify = (source: string | undefined, path: string, expected?: ExpressionType, context?: ReturnType<typeof typesOf>, table?: CompiledField) => string[]

function computedReads(field: CompiledField, path: string, verify: Verify, context: ReturnType<typeof typesOf>): string[] {
  const d = field.definition
  if (field.rows) {
    const inRow = { ...context, variables: { ...context.variables, ...Object.fromEntries(field.rows.map((c) => [c.name, c.effectiveType.expressionType(c.effective)])) }, renamed: (name: string, of?: string) => (of === undefined ? columnNamed(field, name)?.name : undefined) ?? context.renamed?.(name, of) }
    const columns = new Set(field.rows.map((c) => c.name))
    return field.rows.flatMap((c, i) => verify((c.definition as FormulaField).formula, `${path}/fields/${i}/formula`, c.effectiveType.expressionType(c.effective), inRow, field)).filter((read) => !columns.has(read.split('.')[0]!))
  }
  if ((d as RollupField).rollup?.lines !== undefined) return [(d as RollupField).rollup.lines!]
  return verify((d as FormulaField).formula, `${path}/formula`, field.effectiveType.expressionType(field.effective))
}

const maxReferences = 3

/** A stored formula follows the records it reads; it cannot follow what changes with the day. Asked when every entity is compiled. */
export function refuseUnfollowed(entity: CompiledEntity, catalog: Catalog, report: Report) {
  entity.own.forEach((field, i) => {
    for (const { path, member } of formulaReads({ ...entity, own: [field] }, catalog)) {
      const target = entityAt(entity, path, catalog)
      const inRows = entity.fields.get(path[0]!)?.rows !== undefined
      if (target?.fields.get(member)?.volatile) report(`/fields/${i}`, 'badExpression', { reason: { en: `${path.join('.')}.${member} changes with the day and cannot be followed`, zh: `${path.join('.')}.${member}随日期变化，公式无法跟随` } })
      else if (path.length > (inRows ? 2 : maxReferences)) report(`/fields/${i}`, 'badExpression', { reason: { en: `${path.join('.')}.${member} walks through too many records`, zh: `${path.join('.')}.${member}经过的引用过多` } })
    }
  })
}

/** Rows are stored; a formula in them cannot change with the day. */
export function refuseVolatileRows(entity: CompiledEntity, report: Report) {
  const changes = (read: string) => read === 'today' || read === 'me' || entity.fields.get(read)?.volatile === true
  entity.own.forEach((field, i) => field.rows?.forEach((column, j) => {
    const { formula } = column.definition as FormulaField
    const own = new Set(field.rows!.map((c) => c.name))
    const moving = formula === undefined ? undefined : reads(formula).map((read) => read.split('.')[0]!).find((read) => !own.has(read) && changes(read))
    if (moving) report(`/fields/${i}/fields/${j}/formula`, 'badExpression', { reason: { en: `rows are stored and cannot follow “${moving}”`, zh: `明细行是存储值，不能随“${moving}”变化` } })
  }))
}

function stepOf(entity: CompiledEntity, field: CompiledField): ComputeStep | undefined {
  const rowFormulas = field.rows?.filter((c) => c.computed)
  if (rowFormulas?.length) return { field, rowFormulas: orderColumns(rowFormulas) }
  const rollup = (field.definition as RollupField).rollup
  if (rollup?.lines !== undefined) { const over = entity.fields.get(rollup.lines); return over?.rows ? { field, over } : undefined }
  return (field.definition as FormulaField).formula !== undefined ? { field } : undefined
}

/** Row formulas in an order in which each finds those it reads; a circle is left as it stands and reported by the entity check. */
function orderColumns(columns: CompiledField[]): CompiledField[] {
  const placed: CompiledField[] = []
  const rest = new Set(columns)
  while (rest.size > 0) {
    const next = [...rest].find((c) => !reads((c.definition as FormulaField).formula).some((r) => [...rest].some((other) => other !== c && other.name === r))) ?? [...rest][0]!
    placed.push(next)
    rest.delete(next)
  }
  return placed
}

/** Depth-first, so that what is read is computed before what reads it. Circles are reported by checks/check-cycles.ts. */
function order(entity: CompiledEntity, readsOf: Map<string, string[]>): ComputeStep[] {
  const steps: ComputeStep[] = []
  const seen = new Set<string>()
  const visit = (field: CompiledField) => {
    if (seen.has(field.name)) return
    seen.add(field.name)
    for (const read of readsOf.get(field.name) ?? []) { const other = entity.fields.get(read.split('.')[0]!); if (other && !other.system) visit(other) }
    const step = stepOf(entity, field)
    if (step) steps.push(step)
  }
  for (const field of entity.own) visit(field)
  return steps
}

/** What reads today or me, or something that does, cannot be stored. Steps come in order, so one pass is enough. */
function markVolatile(entity: CompiledEntity, readsOf: Map<string, string[]>) {
  for (const { field } of entity.steps) {
    const names = readsOf.get(field.name)!.map((read) => read.split('.')[0]!)
    field.volatile = !field.rows && names.some((read) => read === 'today' || read === 'me' || entity.fields.get(read)?.volatile === true)
  }
}
