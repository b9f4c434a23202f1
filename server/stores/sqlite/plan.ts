/** What is worked out once per collection object: quoted names, columns by name, selections. Collections are not changed after use. */
import type { Collection, Column } from '../../ports/store'
import { badQuery } from './errors'
import type { Selection } from './selection'
import { jsonObject, name } from './sql'

export interface Plan {
  readonly collection: Collection
  readonly table: string
  /** All columns by the names used in documents, `id` and `rev` among them. */
  readonly columns: ReadonlyMap<string, Column>
  /** Columns of the main table, in order. */
  readonly flat: Column[]
  readonly rows: RowsPlan[]
  readonly insert: string
  /** Filled by `isMuch`: conditions that match much, and how many more queries may take that for granted. */
  readonly wide: Map<string, number>
  /** Filled by `selectOf`. */
  readonly selections: Map<string, Selection>
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

export const idColumn: Column = { name: 'id', column: 'id', kind: 'text' }
export const revColumn: Column = { name: 'rev', column: 'rev', kind: 'int' }

const plans = new WeakMap<Collection, Plan>()

export function planOf(collection: Collection): Plan {
  let plan = plans.get(collection)
  if (!plan) plans.set(collection, (plan = makePlan(collection)))
  return plan
}

/** The column of that name, or BAD_QUERY. */
export function columnOf(plan: Plan, column: string): Column {
  const found = plan.columns.get(column)
  if (!found) throw badQuery(`${plan.collection.name} has no column “${column}”.`)
  return found
}

export const childTable = (collection: Collection, column: Column) => `${collection.name}__${column.column}`

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
