/** What is worked out once per collection object: quoted names, columns by name, selections. Collections are not changed after use. */
import type { Collection, Column } from '../../ports/store'
import { idColumn, plans, revColumn, type Planned } from '../shared/plans'
import type { Selection } from './selection'
import { jsonObject, name } from './sql'

export interface Plan extends Planned<Selection> {
  readonly table: string
  /** Columns of the main table, in order. */
  readonly flat: Column[]
  readonly rows: RowsPlan[]
  readonly insert: string
  /** Filled by `isMuch`: conditions that match much, and how many more queries may take that for granted. */
  readonly wide: Map<string, number>
}

/** A child table. */
export interface RowsPlan {
  readonly name: string
  readonly table: string
  /** Without id, parent and position. */
  readonly columns: Column[]
  readonly insert: string
  readonly select: string
  /** A document's rows as a JSON text, by its `t."id"`. */
  readonly json: string
}

export const childTable = (collection: Collection, column: Column) => `${collection.name}__${column.column}`

export const planOf = plans(makePlan)

function makePlan(collection: Collection): Plan {
  const columns = [idColumn, revColumn, ...collection.columns]
  const flat = columns.filter((c) => c.kind !== 'rows')
  return {
    collection,
    table: name(collection.name),
    columns: new Map(columns.map((c) => [c.name, c])),
    flat,
    rows: columns.filter((c) => c.kind === 'rows').map((c) => rowsPlan(collection, c)),
    insert: insertInto(collection.name, flat.map((c) => c.column)),
    selections: new Map(),
    wide: new Map(),
  }
}

function rowsPlan(collection: Collection, column: Column): RowsPlan {
  const table = childTable(collection, column)
  const columns = column.rows ?? []
  const cells = columns.map((c) => c.column)
  return {
    name: column.name, table: name(table), columns,
    insert: insertInto(table, ['parent', 'position', 'id', ...cells]),
    select: `SELECT ${['parent', 'id', ...cells].map(name).join(', ')} FROM ${name(table)} WHERE parent IN (SELECT value FROM json_each(?)) ORDER BY parent, position`,
    json: `(SELECT json_group_array(${jsonObject([['id', 'id'], ...columns.map((c) => [c.name, name(c.column)])])}) FROM (SELECT * FROM ${name(table)} WHERE parent = t."id" ORDER BY position))`,
  }
}

const insertInto = (table: string, columns: string[]) =>
  `INSERT INTO ${name(table)} (${columns.map(name).join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`
