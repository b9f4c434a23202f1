/**
 * The store port: what the server needs of a database, in terms of collections of flat documents.
 *
 * A collection is what an entity (or one of the server's own tables) becomes. Values cross the port in their stored form
 * (see `StorageKind`); field types translate. Adapters live in `server/stores/<name>` and pass `test/contract/store.test.ts`.
 */
import type { StorageKind } from '../../schemas/field-types/field-type'
import type { PrimitiveOp, Scalar, Where } from '../../schemas/filters/where'

export type { PrimitiveOp, Scalar, Where }

export type Stored = Scalar | StoredRow[] | { [key: string]: unknown } | unknown[]
/** One row of a child table: `id` is stable, order is the order of the array. */
export interface StoredRow { id: string; [column: string]: Stored }
/** One document. `rev` counts its changes from 1. */
export interface StoredDoc { id: string; rev: number; [column: string]: Stored }

export interface Column {
  /** Name used in documents, queries and errors. */
  name: string
  /** Name in the database; comes from a field's uid and never changes. */
  column: string
  kind: StorageKind
  /** Of a text that is never the empty one: only null is empty. */
  notBlank?: boolean
  /** Collection whose id this column holds; filters may walk through it. A thunk: collections refer to each other. */
  references?: () => Collection
  /** Columns of the child table, for kind `rows`. */
  rows?: Column[]
  /** A column of a child table by whose values documents are looked for. */
  indexed?: boolean
}

export interface Index {
  columns: string[]
  unique?: boolean
  /** More columns that a store may keep beside, so that counting and adding up need not read the documents. Not with `unique`. */
  covers?: string[]
  /** Only the documents where a column (a number, a boolean, a text that is `notBlank`) is empty, or is not, are looked for by it; a store may hold the others too. Not with `unique`. */
  only?: { column: string; empty: boolean }
  /** Documents are counted and added up by it, not listed in its order: a store need not keep their ids in it. Not with `unique`. */
  totals?: true
}

export interface Collection {
  /** Name in the database: `r_contract` for records, `s_task` for the server's own. */
  name: string
  /** Besides `id` and `rev`, which every collection has. */
  columns: Column[]
  indexes: Index[]
  /** Documents of other collections that name a document of this one in a column; conditions may ask whether there is some (`some`). */
  relations?: Record<string, { collection: () => Collection; column: string }>
  /** Text columns that parts are often looked for in: a store may keep an index that makes `contains` quick. What it finds is the same. */
  search?: string[]
}

export interface Sort { column: string; descending?: boolean }

export interface Query {
  where?: Where
  /** `id` is always added as the last key; nulls come first ascending, last descending. */
  sort?: Sort[]
  limit?: number
  /** Rows to skip. */
  offset?: number
  /** Continue after this document in the same sort order. Give its sort values and id. */
  after?: { values: Scalar[]; id: string }
  /** Columns to read besides id and rev; all that are not `rows` when left out. Child rows are read only when named. */
  columns?: string[]
  /** Conditions that documents of a referenced collection must meet to be seen through a path. Keyed by collection name. */
  visible?: Record<string, Where | undefined>
}

export type MeasureOp = 'count' | 'sum' | 'min' | 'max' | 'avg'
export interface Measure { op: MeasureOp; column?: string }
/** Keys read 2026, 2026-Q3, 2026-08, 2026-08-31; a week's is its Monday, 2026-08-31. */
export const dateParts = ['year', 'quarter', 'month', 'week', 'day'] as const
export type DatePart = (typeof dateParts)[number]
export interface AggregateQuery {
  where?: Where
  visible?: Query['visible']
  /** Own columns, or what a path through references ends at (null where nothing visible is), a text date column by its part. */
  groupBy: (string | { path: string[]; by?: DatePart })[]
  measures: Measure[]
  /** Which groups: those whose measure meets all of these. A measure that is null meets none. */
  having?: { measure: number; op: HavingOp; value: number | string }[]
  /** By keys or measures, named by their place; the keys in their order decide what is left open. Nulls first ascending, last descending. */
  sort?: ({ group: number; descending?: boolean } | { measure: number; descending?: boolean })[]
  /** The first so many groups. */
  limit?: number
}
export const havingOps = ['eq', 'lt', 'lte', 'gt', 'gte'] as const
export type HavingOp = (typeof havingOps)[number]
/** `keys` in the order of groupBy; `values` in the order of measures. A sum of `int` is exact and comes as bigint; `avg` is sum and count's work and comes as a number. */
export interface AggregateRow { keys: Scalar[]; values: (bigint | number | string | null)[] }

export interface Reader {
  get(collection: Collection, id: string, columns?: string[]): Promise<StoredDoc | undefined>
  /** Documents of these ids, in no particular order; ids that do not exist are left out. */
  getMany(collection: Collection, ids: string[], columns?: string[]): Promise<StoredDoc[]>
  find(collection: Collection, query: Query): Promise<StoredDoc[]>
  count(collection: Collection, query: Pick<Query, 'where' | 'visible'>): Promise<number>
  aggregate(collection: Collection, query: AggregateQuery): Promise<AggregateRow[]>
}

export interface Transaction extends Reader {
  /** All or nothing. Fails with DUPLICATE. */
  insert(collection: Collection, docs: StoredDoc[]): Promise<void>
  /**
   * Changes the named columns and sets rev to `rev + 1` (or leaves rev alone with `keepRev`, for derived values).
   * `rev` is the revision the change is based on; undefined: whatever it is. Child rows are replaced as a whole, row ids kept.
   * Fails with CONFLICT when the stored revision differs, NOT_FOUND, DUPLICATE. Returns the new revision.
   */
  update(collection: Collection, id: string, rev: number | undefined, set: Record<string, Stored>, options?: { keepRev?: boolean }): Promise<number>
  /** Changes every document that matches; revisions stay. Returns how many. */
  updateWhere(collection: Collection, where: Where, set: Record<string, Scalar>): Promise<number>
  remove(collection: Collection, ids: string[]): Promise<void>
  /** The next number of a named sequence, from 1; given back if the transaction fails. */
  nextSequence(name: string): Promise<number>
  /** Counts up when definitions change; every process compares it to know that it must reload them. */
  bumpMetaVersion(): Promise<number>
  metaVersion(): Promise<number>
}

export interface Capabilities { name: string; multiProcess: boolean; transactionRetries: boolean }

export interface Store extends Reader {
  readonly capabilities: Capabilities
  /** Creates or extends the tables and indexes of a collection. Idempotent and additive; returns what it did, in words. */
  ensureCollection(collection: Collection): Promise<string[]>
  /** Takes a column away with its values and indexes, also a child table; nothing happens when it is not there. */
  dropColumn(collection: Collection, column: Column): Promise<void>
  /** Takes a collection away with its child tables; nothing happens when it is not there. */
  dropCollection(collection: Collection): Promise<void>
  /**
   * Runs `fn` in a transaction: commits when it resolves, rolls back when it rejects. `fn` may run more than once, may only
   * await this transaction's methods and pure work, never the network. Writers are serialised. Resolves after the commit is durable.
   * A nested call inside `fn` is refused with an error, not deadlocked.
   */
  transaction<T>(fn: (tx: Transaction) => Promise<T>): Promise<T>
  metaVersion(): Promise<number>
  close(): Promise<void>
}

export type StoreErrorCode = 'CONFLICT' | 'DUPLICATE' | 'NOT_FOUND' | 'RETRYABLE' | 'BAD_QUERY'
export class StoreError extends Error {
  constructor(readonly code: StoreErrorCode, message: string, /** Columns of the violated unique index, for DUPLICATE. */ readonly columns: string[] = []) {
    super(message)
    this.name = 'StoreError'
  }
}
