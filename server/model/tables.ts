/** Entities as the store keeps them: a collection each, and the way between wire and stored values. */
import { isDeepStrictEqual } from 'node:util'
import { columnOf, isPinned, storedKeysOf, versionField, type Catalog, type CompiledEntity, type CompiledField, type RollupEdge, type UniqueKey, type WireRecord } from '../../runtime/engine'
import { filterFields } from '../../schemas/filters'
import type { Entity, RollupField } from '../../schemas/generated/types'
import { collections } from './collections'
import { sortKeyOf } from './sort-keys'
import type { Collection, Column, Index, Stored, StoredDoc } from '../ports/store'

export interface Table {
  entity: CompiledEntity
  collection: Collection
  /** Stored fields that are not rows: what a list reads. */
  flat: string[]
  decode(doc: StoredDoc): WireRecord
  /** Stored values of the named fields and what is kept of them beside; `record` must be whole. */
  encode(record: WireRecord, fields?: Iterable<string>): Record<string, Stored>
  /** The column that sorts a field: its own, or the key of a text that is sorted as people read it. */
  sortColumn(field: string): string
  /** Stored form of one field's value. */
  encodeValue(field: string, value: unknown): Stored
}

export type Tables = Map<string, Table>

export function tablesOf(catalog: Catalog): Tables {
  const tables: Tables = new Map()
  for (const entity of catalog.entities.values()) tables.set(entity.name, tableOf(entity, tables, catalog))
  return tables
}

export const isStored = (field: CompiledField) => !field.volatile

function tableOf(entity: CompiledEntity, tables: Tables, catalog: Catalog): Table {
  const stored = [...entity.fields.values()].filter(isStored)
  const byName = new Map(stored.map((f) => [f.name, f]))
  const encodeValue = (name: string, value: unknown): Stored => {
    const field = byName.get(name)!
    return field.effectiveType.toStored(value ?? null, field.effective) as Stored
  }
  const keyed = new Set(stored.filter((f) => f.effectiveType.collated && !f.system).map((f) => f.name))
  const keys = storedKeysOf(entity)
  const sortColumn = (field: string) => (keyed.has(field) ? sortKeyColumn(field) : field)
  return {
    entity,
    collection: { name: `r_${entity.name}`, columns: [...stored.map((f) => storeColumn(f, tables, entity.definition.team)), ...stored.filter((f) => keyed.has(f.name)).map(keyColumnOf), ...keys.map(uniqueColumnOf), ...(followsOthers(entity) ? [derivedAtColumn] : [])], indexes: [...keys.map(uniqueIndex), ...indexesOf(entity, byName, sortColumn, catalog)], search: searchable(entity).map((f) => f.name), relations: { [shares]: { collection: () => collections.share, column: 'record' } } },
    sortColumn,
    flat: stored.filter((f) => !f.rows).map((f) => f.name),
    encodeValue,
    encode: (record, names) => {
      const doc: Record<string, Stored> = {}
      const wanted = new Set(names ?? byName.keys())
      for (const name of wanted) {
        if (!byName.has(name)) continue
        const value = encodeValue(name, record[name])
        doc[name] = value
        if (keyed.has(name)) doc[sortKeyColumn(name)] = typeof value === 'string' ? sortKeyOf(value) : null
      }
      for (const key of keys) if ([...key.reads].some((name) => wanted.has(name))) doc[key.column] = key.of(record)
      return doc
    },
    decode: (doc) => {
      const record: WireRecord = { id: doc.id, rev: doc.rev }
      for (const field of stored) {
        const value = doc[field.name]
        if (value !== undefined) record[field.name] = field.effectiveType.fromStored(value, field.effective)
      }
      return record
    },
  }
}

/** Fields that follow other fields, or other records without a write of their own. */
export const derivedFields = ({ own }: CompiledEntity) => own.filter((f) => (f.computed && !f.volatile && !f.type.numbered) || f.rows?.some((c) => c.computed)).map((f) => f.name)

const followsOthers = (entity: CompiledEntity) => derivedFields(entity).length > 0 || typeof entity.definition.ownership === 'object'

/** When such fields or the owner last followed other records: `updatedAt` stays, for nobody edited the record. No field has such a name. */
export const derivedAt = 'derived$at'
const derivedAtColumn: Column = { name: derivedAt, column: derivedAt, kind: 'text' }

/** The relation of a record to those it is shared with. No field has such a name. */
export const shares = '$shares'

const sortKeyColumn = (name: string) => `${name}$sort`
const keyColumnOf = (field: CompiledField): Column => ({ name: sortKeyColumn(field.name), column: `${columnOf(field.definition)}$sort`, kind: 'text' })

const uniqueIndex = ({ column, rule }: UniqueKey): Index => ({ columns: [column], ...(rule.mode !== 'warn' && { unique: true }) })
const uniqueColumnOf = ({ column }: UniqueKey): Column => ({ name: column, column, kind: 'text' })

function storeColumn(field: CompiledField, tables: Tables, team?: Entity['team']): Column {
  const target = field.refersTo
  return {
    name: field.name,
    column: columnOf(field.definition),
    kind: field.effectiveType.storage,
    ...(field.system && field.definition.readOnly && { notBlank: true }),
    ...(target !== undefined && field.effectiveType.storage === 'text' && { references: () => tables.get(target)!.collection }),
    ...(field.rows && { rows: field.rows.filter(isStored).map((column) => ({ ...storeColumn(column, tables), ...(field.name === team?.field && column.name === team.user && { indexed: true }) })) }),
  }
}

/** Fields that the search box looks in: those declared so, title and subtitle. */
export function searchable({ fields, definition: { titleField, subtitleField } }: CompiledEntity): CompiledField[] {
  return [...fields.values()].filter((f) => isStored(f) && (f.definition.searchable || f.name === titleField || f.name === subtitleField) && f.effectiveType.operators.includes('contains') && f.effectiveType.storage === 'text')
}

/**
 * Declared indexes; auto-numbers are unique; what must be unique is looked up by; references are indexed because roll-ups, related lists and deletion look
 * them up; where a pipeline is pinned, which of its versions records go by. What a department may see is counted and added up from an index of its own: the declared one behind the department.
 * Lists show what is not in the bin, so their indexes leave out what is; the bin has its own.
 */
function indexesOf(entity: CompiledEntity, stored: Map<string, CompiledField>, sortColumn: (field: string) => string, catalog: Catalog): Index[] {
  const { definition, own, name } = entity
  const pinned = catalog.pipelines.get(name)?.some(isPinned)
  const declared = (definition.indexes ?? []).map((columns) => columns.map((c, i) => (i === columns.length - 1 ? sortColumn(c) : c)))
  const live = { column: deleted, empty: true }
  return needed([
    ...storedKeysOf(entity).map(({ fields }): Index => ({ columns: fields.map((f) => f.name) })),
    ...own.filter((f) => f.type.numbered).map((f): Index => ({ columns: [f.name], unique: true })),
    ...declared.map((columns) => ({ columns, only: live })),
    ...own.filter((f) => f.refersTo && f.type.storage === 'text').map((f): Index => ({ columns: [f.name] })),
    ...(catalog.rollupsOver.get(name) ?? []).map(rollupIndex),
    ...(pinned && definition.pipeline ? [{ columns: [definition.pipeline.pipelineField, versionField] }] : []),
    ...(definition.ownership === 'none' ? [] : [{ columns: ['owner'], covers: [deleted, department] }, ...[[], ...declared.filter(([first]) => first !== department)].map((columns): Index => ({ columns: [department, ...columns], only: live, totals: true }))]),
    { columns: [deleted], only: { column: deleted, empty: false } },
  ], ({ columns, covers: besides = [] }) => [...columns, ...besides].every((c) => { const field = stored.get(c.replace(/\$sort$/, '')); return field && !field.rows }))
}

const deleted = 'deletedAt'
const department = 'ownerDept'

/** Everything a roll-up reads of its records, so that adding them up does not touch the records themselves. */
function rollupIndex({ via, field }: RollupEdge): Index {
  const { rollup } = field.definition as RollupField
  return { columns: [via], covers: [...(rollup.filter ? filterFields(rollup.filter) : []), deleted, ...(rollup.field === undefined ? [] : [rollup.field])] }
}

/** Each possible index once, with everything that is wanted beside it; one that another begins with is not needed. */
function needed(wanted: Index[], possible: (index: Index) => boolean): Index[] {
  const merged = new Map<string, Index>()
  for (const index of wanted.filter(possible)) {
    const key = JSON.stringify([index.unique, index.columns, index.only, index.totals])
    const covers = [...new Set([...(merged.get(key)?.covers ?? []), ...(index.covers ?? [])])].filter((c) => !index.columns.includes(c))
    merged.set(key, { ...index, covers })
  }
  const all = [...merged.values()]
  return all.filter((index) => index.unique || !all.some((other) => other !== index && serves(other, index)))
}

function serves(other: Index, { columns, covers = [], only, totals }: Index): boolean {
  const held = [...other.columns, ...(other.covers ?? [])]
  return (!other.only || isDeepStrictEqual(other.only, only)) && (!other.totals || totals === true) && columns.every((c, i) => other.columns[i] === c) && covers.every((c) => held.includes(c))
}
