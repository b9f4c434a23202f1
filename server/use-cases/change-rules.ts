/** What a release does to records that exist: what it may not do, and what has to be done to them. Source: metadata.md, Life of a definition. */
import { columnsOf, comparedWith, compareEntities, isPinned, keyOf, mayBecome, optionsOf, stagesOf, storedType, uniqueKeysOf, type CompiledEntity, type CompiledField, type DefinitionProblem, type ChangeOf, type EntityChange } from '../../runtime/engine'
import { fieldTypeOf } from '../../schemas/field-types'
import type { Where } from '../../schemas/filters'
import type { Definition, Dictionary, Entity, Field, Option, OptionsFrom, Pipeline, RuleTable } from '../../schemas/generated/types'
import { idOf } from '../model/model'
import { notDeleted } from '../records/visibility'
import { affectedRecords, type Finding, type FindingsOf } from './affected-records'
import { readerOf, type Context } from './context'
import type { ColumnMapping, DataChange } from './data-changes'
import type { Candidate } from './definitions'
import { duplicateData } from './duplicate-groups'
import { ruleTableProblems } from './rule-versions'

/** What an administrator decided for the records that a release concerns. */
export interface Decisions {
  /** What takes the place of a removed option; null empties the field. */
  options?: { entity: string; field: string; from: string; to: string | null }[]
  /** Where records go whose stage is removed. */
  stages?: { pipeline: string; from: string; to: string }[]
  /** What empty fields are filled with: a value, or an expression over the record. */
  fill?: { entity: string; field: string; value?: unknown; expr?: string }[]
  /** What becomes of values that do not fit the new type of their field: publishing is refused unless they are emptied, or (cut) what fits of them is kept. */
  types?: { entity: string; field: string; failing: 'refuse' | 'empty' | 'cut' }[]
}

export type NewDataChange = Pick<DataChange, 'kind' | 'entity' | 'params'>
export interface Consequences { problems: DefinitionProblem[]; dataChanges: NewDataChange[] }

/** `findings`: what records have against an entity, where that is known. */
export async function consequencesOf(ctx: Context, candidate: Candidate, removed: string[], decisions: Decisions = {}, findings = refusingFindings(ctx, candidate, decisions)): Promise<Consequences> {
  const all: Consequences = { problems: [], dataChanges: [] }
  const caseOf = (document: Definition): Case => ({ ctx, decisions, candidate, findings, dataChanges: all.dataChanges, add: (path, code, params) => all.problems.push({ kind: document.kind, key: keyOf(document), path, code, params }) })
  for (const document of candidate.changed) {
    const before = ctx.model.published.get(idOf(document.kind, keyOf(document)))?.body
    const one = caseOf(document)
    if (document.kind === 'entity' && before) await entityConsequences(one, before as Entity, document)
    if (document.kind === 'entity') fillEmpty(one, document)
    if (document.kind === 'pipeline' && before) await removedStages(one, before as Pipeline, document)
    if (document.kind === 'ruleTable' && before) for (const p of await ruleTableProblems(ctx, before as RuleTable, document)) one.add(p.path, p.code, p.params ?? {})
    if (document.kind === 'dictionary' && before) await removedItems(one, before as Dictionary, document)
  }
  for (const entity of comparingEntities(ctx, candidate)) await refuseFindings(caseOf(entity), entity, entity)
  for (const id of removed) await removedDefinition(ctx, id, candidate, all)
  return all
}

interface Case {
  ctx: Context
  decisions: Decisions
  candidate: Candidate
  findings: FindingsOf
  dataChanges: NewDataChange[]
  add(path: string, code: DefinitionProblem['code'], params: Record<string, unknown>): void
}

/** Publishing is refused for these unless something is decided. */
const refusing: Finding['kind'][] = ['retyped', 'columnRetyped', 'uniqueAdded']
const refusingFindings = (ctx: Context, candidate: Candidate, decisions: Decisions): FindingsOf => (before, after) => affectedRecords(ctx, before, after, candidate, { of: refusing, cuts: cutting(decisions, after.name) })

/** Entities that stay as they are, but are compared with one that changes. */
function comparingEntities({ model }: Context, { changed, catalog }: Candidate): Entity[] {
  const names = new Set(changed.filter((d) => d.kind === 'entity').map((d) => d.name))
  return [...catalog.entities.values()].map(({ definition }) => definition).filter((d) => !names.has(d.name) && model.tables.has(d.name) && comparedWith(d).some((name) => names.has(name)))
}

async function entityConsequences(one: Case, before: Entity, after: Entity) {
  for (const change of compareEntities(before, after)) await rules[change.kind]?.(one, change as never, after)
  await refuseFindings(one, before, after)
}

async function refuseFindings(one: Case, before: Entity, after: Entity) {
  for (const finding of await one.findings(before, after)) refusals[finding.kind]?.(one, finding, after)
}

const refusals: { [K in Finding['kind']]?: (one: Case, finding: Finding, after: Entity) => void } = { retyped: unfit, columnRetyped: unfit, uniqueAdded: duplicates }

/** Values that mean nothing in the new type of their field or column. */
function unfit({ decisions, add }: Case, { path, field, count, rows }: Finding, after: Entity) {
  const [name, column] = field!.split('.')
  const whole = after.fields.find((f) => f.name === name)!
  const { label, required } = column === undefined ? whole : columnsOf(whole).find((c) => c.name === column)!
  if (!empties(decisions, after.name, field!)) add(path, 'cannotConvert', { name: label, count, entity: after.name, at: field, required: required === true, cut: rows!.some((r) => r.problem.code === 'losesPart'), rows })
}

/** Rules of uniqueness that are new must hold for the records there are. */
function duplicates({ candidate, add }: Case, { path, records }: Finding, { name }: Entity) {
  const entity = candidate.catalog.entities.get(name)!
  const { code, params } = duplicateData(entity, uniqueKeysOf(entity)[Number(path.split('/').at(-1))]!.fields, records)
  add('/unique', code, params!)
}

const decided = ({ types }: Decisions, entity: string, field: string, failing: string) => types?.some((d) => d.entity === entity && d.field === field && d.failing === failing) === true
export const empties = (decisions: Decisions, entity: string, field: string) => decided(decisions, entity, field, 'empty')
export const cutting = (decisions: Decisions, entity: string) => (field: string) => decided(decisions, entity, field, 'cut')

type Rule<K extends EntityChange['kind']> = (one: Case, change: ChangeOf<K>, after: Entity) => Promise<void> | void
const rules: { [K in EntityChange['kind']]?: Rule<K> } = {
  fieldRemoved: ({ add }, { from, path }) => { if (!from.hidden) add(path, 'fieldRemoved', { name: from.name }) },
  columnRemoved: ({ add }, { from, path }) => { if (!from.hidden) add(path, 'fieldRemoved', { name: from.name }) },
  columnRetyped: ({ add }, { from, to, path }) => { if (!mayBecome(from, to)) add(path, 'typeChanged', { name: from.name, from: storedType(from), to: storedType(to) }) },
  retyped: ({ add }, { from, to, path }) => { if (!mayBecome(from, to)) add(path, 'typeChanged', { name: from.name, from: storedType(from), to: storedType(to) }) },
  optionRemoved: removedOption,
}

async function removedOption({ ctx, decisions, dataChanges, add }: Case, { from, to, option, path, tables }: ChangeOf<'optionRemoved'>, after: Entity) {
  const [former, at] = [tables && `${tables[0].name}.${from.name}`, tables ? `${tables[1].name}.${to.name}` : to.name]
  const count = await countWhere(ctx, after.name, holds(from, option, former))
  if (count === 0) return
  const decision = decisions.options?.find((d) => d.entity === after.name && d.field === at && d.from === option)
  if (!decision) add(path, 'optionRemoved', { name: labelOf(from, option), field: to.label, count, entity: after.name, at, from: option, to: choicesOf(to), required: to.required === true })
  else if (decision.to === null ? to.required : !optionsOf(to).includes(decision.to)) add(path, 'badMapping', { name: option, to: decision.to ?? '∅' })
  else if (tables) mapColumn(dataChanges, after.name, tables[1].name, { column: to.name, from: option, to: decision.to })
  else dataChanges.push({ kind: 'mapOption', entity: after.name, params: { field: to.name, from: option, to: decision.to } })
}

const choicesOf = (field: Field) => ((field as { options?: Option[] }).options ?? []).map(({ value, label }) => ({ value, label }))
const labelOf = (field: Field, option: string) => choicesOf(field).find(({ value }) => value === option)?.label ?? option

/** Rows are written whole, so that all that is mapped in them is mapped at once. */
function mapColumn(dataChanges: NewDataChange[], entity: string, field: string, mapping: ColumnMapping) {
  const known = dataChanges.find((d) => d.kind === 'mapOption' && d.entity === entity && d.params.field === field)
  if (known) (known.params.columns as ColumnMapping[]).push(mapping)
  else dataChanges.push({ kind: 'mapOption', entity, params: { field, columns: [mapping] } })
}

const holds = (field: Field, value: string, path = field.name): Where => ({ path: path.split('.'), op: fieldTypeOf(field).storage === 'json' ? 'contains' : 'eq', value })

/** Records of a pinned pipeline keep their stages; when it is no longer pinned, those of former versions are asked about too. */
async function removedStages({ ctx, decisions, candidate, dataChanges, add }: Case, before: Pipeline, after: Pipeline) {
  const binding = candidate.catalog.entities.get(after.entity)?.definition.pipeline
  const old = ctx.model.catalog.entities.get(after.entity)?.definition.pipeline
  if (!binding || !old || isPinned(after)) return
  for (const stage of stagesOf(ctx.model.catalog, ctx.model.catalog.entities.get(after.entity)!, before).filter((s) => !after.stages.some((t) => t.id === s.id))) {
    const count = await countWhere(ctx, after.entity, { and: [{ path: [old.stageField], op: 'eq', value: stage.id }, { path: [old.pipelineField], op: 'eq', value: after.name }] })
    if (count === 0) continue
    const decision = decisions.stages?.find((d) => d.pipeline === after.name && d.from === stage.id)
    if (!decision) add('/stages', 'stageRemoved', { name: stage.label, count, from: stage.id, to: after.stages.map((s) => ({ value: s.id, label: s.label })) })
    else if (!after.stages.some((s) => s.id === decision.to)) add('/stages', 'badMapping', { name: stage.id, to: decision.to })
    else dataChanges.push({ kind: 'mapStage', entity: after.entity, params: { pipeline: after.name, from: stage.id, to: decision.to } })
  }
}

/** An entry may go that no record has; one that is in use can be disabled. */
async function removedItems({ ctx, add }: Case, before: Dictionary, after: Dictionary) {
  const gone = before.items.filter((item) => !after.items.some(({ value }) => value === item.value))
  if (gone.length === 0) return
  for (const { entity, path, field } of choosingFrom(ctx, before.name)) for (const item of gone) {
    const count = await countWhere(ctx, entity, { path, op: 'eq', value: item.value })
    if (count > 0) add('/items', 'itemRemoved', { name: item.label, field: field.label, count })
  }
}

/** Fields and columns whose choices are the entries of a dictionary. */
function choosingFrom(ctx: Context, dictionary: string): { entity: string; path: string[]; field: Field }[] {
  const from = ({ definition, type }: CompiledField) => type.dictionary?.(definition) === dictionary
  return [...ctx.model.catalog.entities.values()].flatMap(({ name: entity, own }) => own.flatMap((field) => [
    ...(from(field) ? [{ entity, path: [field.name], field: field.definition }] : []),
    ...(field.rows ?? []).filter(from).map((column) => ({ entity, path: [field.name, column.name], field: column.definition })),
  ]))
}

function fillEmpty({ decisions, candidate, dataChanges, add }: Case, after: Entity) {
  for (const { field, value, expr } of decisions.fill?.filter((d) => d.entity === after.name) ?? []) {
    const known = candidate.catalog.entities.get(after.name)?.fields.get(field)
    if (!known || known.computed || known.rows) add('/fields', 'noSuchField', { name: field, entity: after.label })
    else dataChanges.push({ kind: 'fill', entity: after.name, params: { field, ...(expr === undefined ? { value: value ?? null } : { expr }) } })
  }
}

/** What is taken away must be used by nothing: no definition (its own parts aside) and no record. */
async function removedDefinition(ctx: Context, id: string, { uses }: Candidate, all: Consequences) {
  const { kind, key } = ctx.model.published.get(id)!
  const add = (code: DefinitionProblem['code'], params: Record<string, unknown>) => all.problems.push({ kind, key, path: '', code, params })
  const places = uses.filter((u) => u.target === `${kind}/${key}` || (kind === 'entity' && u.target.startsWith(`field/${key}.`)))
  if (places.length > 0) { add('stillUsed', { places: [...new Set(places.map(({ kind: by, key: name, version }) => `${by} ${name}${version === undefined ? '' : ` (v${version})`}`))] }); return }
  const from = chosenBy[kind]
  if (!from) return
  for (const entity of ctx.model.catalog.entities.values()) for (const field of choosing(entity, from, ctx, id)) {
    const count = await countWhere(ctx, entity.name, holds(field, key))
    if (count > 0) add('inUse', { count, entity: entity.definition.label })
  }
}

/** Definitions that records choose among. */
const chosenBy: { [K in Definition['kind']]?: OptionsFrom } = { role: 'roles', pipeline: 'pipelines' }

function choosing(entity: CompiledEntity, from: OptionsFrom, ctx: Context, id: string): Field[] {
  const owner = (ctx.model.published.get(id)!.body as { entity?: string }).entity
  return entity.own.map((f) => f.definition).filter((f) => (f as { optionsFrom?: OptionsFrom }).optionsFrom === from && (owner === undefined || owner === entity.name))
}

export async function countWhere(ctx: Context, entity: string, where: Where): Promise<number> {
  const table = ctx.model.tables.get(entity)
  return table ? readerOf(ctx).count(table.collection, { where: { and: [notDeleted, where] } }) : 0
}
