/** Entities as the store keeps them: a collection each, and the way between wire and stored values. */
import type { Catalog, CompiledEntity, CompiledField, WireRecord } from '../../runtime/engine'
import { sortKeyOf } from './sort-keys'
import type { Collection, Column, Index, Stored, StoredDoc } from '../ports/store'

export interface Table {
  entity: CompiledEntity
  collection: Collection
  /** Stored fields that are not rows: what a list reads. */
  flat: string[]
  decode(doc: StoredDoc): WireRecord
  /** Stored values of the named fields. */
  encode(record: WireRecord, fields?: Iterable<string>): Record<string, Stored>
  /** The column that sorts a field: its own, or the key of a text that is sorted as people read it. */
  sortColumn(field: string): string
  /** Stored form of one field's value. */
  encodeValue(field: string, value: unknown): Stored
}

export type Tables = Map<string, Table>

export function tablesOf(catalog: Catalog): Tables {
  const tables: Tables = new Map()
  for (const entity of catalog.entities.values()) tables.set(entity.name, tableOf(entity, tables))
  return tables
}

export const isStored = (field: CompiledField) => !field.volatile

function tableOf(entity: CompiledEntity, tables: Tables): Table {
  const stored = [...entity.fields.values()].filter(isStored)
  const byName = new Map(stored.map((f) => [f.name, f]))
  const encodeValue = (name: string, value: unknown): Stored => {
    const field = byName.get(name)!
    return field.effectiveType.toStored(value ?? null, field.effective) as Stored
  }
  const keyed = new Set(stored.filter((f) => f.effectiveType.collated && !f.system).map((f) => f.name))
  const sortColumn = (field: string) => (keyed.has(field) ? sortKeyColumn(field) : field)
  return {
    entity,
    collection: { name: `r_${entity.name}`, columns: [...stored.map((f) => columnOf(f, tables)), ...stored.filter((f) => keyed.has(f.name)).map(keyColumnOf)], indexes: indexesOf(entity, byName, sortColumn) },
    sortColumn,
    flat: stored.filter((f) => !f.rows).map((f) => f.name),
    encodeValue,
    encode: (record, names) => {
      const doc: Record<string, Stored> = {}
      for (const name of names ?? byName.keys()) {
        if (!byName.has(name)) continue
        const value = encodeValue(name, record[name])
        doc[name] = value
        if (keyed.has(name)) doc[sortKeyColumn(name)] = typeof value === 'string' ? sortKeyOf(value) : null
      }
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

const sortKeyColumn = (name: string) => `${name}$sort`
const keyColumnOf = (field: CompiledField): Column => ({ name: sortKeyColumn(field.name), column: `${field.definition.uid ?? field.name}$sort`, kind: 'text' })

function columnOf(field: CompiledField, tables: Tables): Column {
  const target = field.refersTo
  return {
    name: field.name,
    column: field.definition.uid ?? field.name,
    kind: field.effectiveType.storage,
    ...(target !== undefined && field.effectiveType.storage === 'text' && { references: () => tables.get(target)!.collection }),
    ...(field.rows && { rows: field.rows.filter(isStored).map((column) => columnOf(column, tables)) }),
  }
}

/** Declared indexes and uniqueness; auto-numbers are unique; references are indexed because roll-ups, related lists and deletion look them up. */
function indexesOf(entity: CompiledEntity, stored: Map<string, CompiledField>, sortColumn: (field: string) => string): Index[] {
  const { unique, indexes } = entity.definition
  const wanted: Index[] = [
    ...(unique ?? []).map((u): Index => ({ columns: u.fields, unique: true })),
    ...entity.own.filter((f) => f.type.numbered).map((f): Index => ({ columns: [f.name], unique: true })),
    ...(indexes ?? []).map((columns): Index => ({ columns: columns.map((c, i) => (i === columns.length - 1 ? sortColumn(c) : c)) })),
    ...entity.own.filter((f) => f.refersTo && f.type.storage === 'text').map((f): Index => ({ columns: [f.name] })),
    ...(entity.definition.ownership === 'none' ? [] : [{ columns: ['owner'] }, { columns: ['ownerDept'] }]),
  ]
  const seen = new Set<string>()
  return wanted.filter(({ columns, unique: only }) => columns.every((c) => stored.has(c.replace(/\$sort$/, ''))) && (only || !isPrefix(columns, wanted)) && !seen.has(columns.join()) && seen.add(columns.join()))
}

/** An index that another one begins with is not needed. */
const isPrefix = (columns: string[], all: Index[]) => all.some((other) => other.columns.length > columns.length && columns.every((c, i) => other.columns[i] === c))
