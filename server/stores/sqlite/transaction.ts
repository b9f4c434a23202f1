/** Writing, on the writer connection, inside the transaction that `writer.ts` has begun. */
import { StoreError } from '../../ports/store'
import type { Collection, Scalar, Stored, StoredDoc, Transaction, Where } from '../../ports/store'
import { columnOf } from '../shared/plans'
import { badQuery, checkedRows } from '../shared/refusals'
import { planOf, type Plan, type RowsPlan } from './plan'
import { SqliteReader } from './reader'
import { forgetTexts } from './search'
import { join, name, raw, sql, type Sql } from './sql'
import { encode } from './values'
import { Source } from './where'

export class SqliteTransaction extends SqliteReader implements Transaction {
  private over = false

  /** Called when the transaction's function has settled: what it left behind must not write into the next one. */
  end(): void { this.over = true }

  async insert(collection: Collection, docs: StoredDoc[]): Promise<void> {
    const plan = planOf(collection)
    this.guarded(() => this.whole(docs.length > 1 || hasRows(plan, docs[0]), () => { for (const doc of docs) this.insertOne(plan, doc) }), collection)
  }

  async update(collection: Collection, id: string, rev: number | undefined, set: Record<string, Stored>, options: { keepRev?: boolean } = {}): Promise<number> {
    const plan = planOf(collection)
    return this.guarded(() => {
      const columns = Object.keys(set).map((named) => writable(plan, named))
      const rows = plan.rows.filter((r) => Object.hasOwn(set, r.name))
      return this.whole(rows.length > 0, () => {
        const next = this.updateFlat(plan, id, rev, [...assignments(columns, set), raw(options.keepRev ? '"rev" = "rev"' : '"rev" = "rev" + 1')])
        for (const child of rows) this.replaceRows(plan, child, id, set[child.name])
        this.connection.texts.add(plan, id, set)
        return next
      })
    }, collection)
  }

  async updateWhere(collection: Collection, where: Where, set: Record<string, Scalar>): Promise<number> {
    const plan = planOf(collection)
    return this.guarded(() => {
      const columns = Object.keys(set).map((named) => writable(plan, named))
      const rows = columns.find((c) => c.kind === 'rows')
      if (rows) throw badQuery(`“${rows.name}” (rows) can only be set one document at a time.`)
      const assigned = columns.length > 0 ? assignments(columns, set) : [raw('"rev" = "rev"')]
      const ids = changesTexts(plan, set) ? this.idsOf(plan, where) : []
      const changed = this.write(sql`UPDATE ${raw(plan.table)} AS t SET ${join(assigned, ', ')} WHERE ${matching(plan, where)}`)
      for (const id of ids) this.connection.texts.add(plan, id, set)
      return changed
    }, collection)
  }

  async remove(collection: Collection, ids: string[]): Promise<void> {
    if (ids.length === 0) return
    const plan = planOf(collection)
    const listed = sql`(SELECT value FROM json_each(${JSON.stringify(ids)}))`
    this.guarded(() => this.whole(inSeveralTables(plan), () => {
      forgetTexts(this.connection, plan, listed)
      for (const child of plan.rows) this.write(sql`DELETE FROM ${raw(child.table)} WHERE parent IN ${listed}`)
      this.write(sql`DELETE FROM ${raw(plan.table)} WHERE "id" IN ${listed}`)
    }))
  }

  async nextSequence(sequence: string): Promise<number> {
    return this.counted('INSERT INTO _sequence (name, value) VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET value = value + 1 RETURNING value', [sequence])
  }

  async bumpMetaVersion(): Promise<number> {
    return this.counted('UPDATE _meta SET value = value + 1 WHERE name = ? RETURNING value', ['version'])
  }

  protected override guarded<T>(work: () => T, collection?: Collection): T {
    if (this.over) throw badQuery('The transaction is over.')
    try {
      return super.guarded(work, collection)
    } finally {
      // Errors such as a full disk make SQLite roll back everything; what follows must not be written on its own.
      if (!this.connection.inTransaction) this.over = true
    }
  }

  private counted(text: string, params: string[]): number {
    return this.guarded(() => this.connection.row(text, params)![0] as number)
  }

  private write({ text, params }: Sql): number {
    return this.connection.run(text, params)
  }

  private insertOne(plan: Plan, doc: StoredDoc): void {
    for (const key in doc) columnOf(plan, key)
    if (typeof doc.id !== 'string' || doc.id === '' || !Number.isSafeInteger(doc.rev)) throw badQuery(`A document of ${plan.collection.name} needs an id and a rev.`)
    this.connection.run(plan.insert, plan.flat.map((column) => encode(column, doc[column.name])))
    for (const child of plan.rows) this.insertRows(plan, child, doc.id, doc[child.name])
    this.connection.texts.add(plan, doc.id, doc)
  }

  private insertRows(plan: Plan, child: RowsPlan, parent: string, value: Stored | undefined): void {
    checkedRows(plan.collection, columnOf(plan, child.name), value).forEach((row, position) => {
      this.connection.run(child.insert, [parent, position, row.id, ...child.columns.map((column) => encode(column, row[column.name]))])
    })
  }

  private replaceRows(plan: Plan, child: RowsPlan, parent: string, value: Stored | undefined): void {
    this.write(sql`DELETE FROM ${raw(child.table)} WHERE parent = ${parent}`)
    this.insertRows(plan, child, parent, value)
  }

  private idsOf(plan: Plan, where: Where): string[] {
    const { text, params } = sql`SELECT "id" FROM ${raw(plan.table)} AS t WHERE ${matching(plan, where)}`
    return this.connection.arrays(text, params).map(([id]) => id as string)
  }

  private updateFlat(plan: Plan, id: string, rev: number | undefined, assigned: Sql[]): number {
    const expected = rev === undefined ? sql`` : sql` AND "rev" = ${rev}`
    const { text, params } = sql`UPDATE ${raw(plan.table)} SET ${join(assigned, ', ')} WHERE "id" = ${id}${expected} RETURNING "rev"`
    const next = this.connection.row(text, params)
    if (next) return next[0] as number
    throw this.missed(plan, id, rev)
  }

  private missed(plan: Plan, id: string, rev: number | undefined): StoreError {
    const stored = this.connection.row(`SELECT "rev" FROM ${plan.table} WHERE "id" = ?`, [id])
    if (!stored) return new StoreError('NOT_FOUND', `${plan.collection.name} has no document ${id}.`)
    return new StoreError('CONFLICT', `${plan.collection.name} ${id} is at revision ${String(stored[0])}, not ${String(rev)}.`)
  }

  /** Several statements as one: the transaction may go on after they failed, and then nothing of them is left. */
  private whole<T>(several: boolean, work: () => T): T {
    if (!several) return work()
    const point = this.connection.begin('whole')
    try {
      const result = work()
      point.release()
      return result
    } catch (error) {
      if (this.connection.inTransaction) point.undo()
      throw error
    }
  }
}

function writable(plan: Plan, named: string) {
  if (named === 'id' || named === 'rev') throw badQuery(`“${named}” cannot be set.`)
  return columnOf(plan, named)
}

const assignments = (columns: ReturnType<typeof writable>[], set: Record<string, Stored>): Sql[] =>
  columns.filter((c) => c.kind !== 'rows').map((c) => sql`${raw(name(c.column))} = ${encode(c, set[c.name])}`)

const hasRows = ({ rows }: Plan, doc?: StoredDoc) => rows.some((r) => ((doc?.[r.name] ?? []) as unknown[]).length > 0)
const inSeveralTables = ({ rows, collection }: Plan) => rows.length > 0 || (collection.search?.length ?? 0) > 0
const changesTexts = ({ collection }: Plan, set: object) => collection.search?.some((column) => Object.hasOwn(set, column)) === true

function matching(plan: Plan, where: Where): Sql {
  const source = new Source(plan)
  const condition = source.where(where)
  return source.joined ? sql`"id" IN (SELECT t."id" ${source.from()} WHERE ${condition})` : condition
}
