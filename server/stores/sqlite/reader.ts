/** Reading, from whatever connection it is given: the reader's, or the writer's inside a transaction. */
import type { AggregateQuery, AggregateRow, Collection, Query, Reader, StoredDoc } from '../../ports/store'
import { badQuery } from '../shared/refusals'
import { keysOf } from '../shared/sort-keys'
import { aggregate } from './aggregate'
import { branchesOf, narrow, type Branch } from './branches'
import type { Connection } from './connection'
import { translated } from './errors'
import { offIndex, orderBy, segmentsAfter } from './order'
import { planOf, type Plan } from './plan'
import { fetch, selectOf, type Selection } from './selection'
import { searched } from './search'
import { join, sql, type Sql } from './sql'
import { Source } from './where'

export class SqliteReader implements Reader {
  constructor(protected readonly connection: Connection) {}

  async get(collection: Collection, id: string, columns?: string[]): Promise<StoredDoc | undefined> {
    return this.guarded(() => {
      const plan = planOf(collection)
      return fetch(this.connection, selectOf(plan, columns), `FROM ${plan.table} AS t WHERE t."id" = ?`, [id], 1)[0]
    })
  }

  async getMany(collection: Collection, ids: string[], columns?: string[]): Promise<StoredDoc[]> {
    if (ids.length === 0) return []
    return this.guarded(() => {
      const plan = planOf(collection)
      const source = `FROM ${plan.table} AS t WHERE t."id" IN (SELECT value FROM json_each(?))`
      return fetch(this.connection, selectOf(plan, columns), source, [JSON.stringify(ids)], ids.length)
    })
  }

  async find(collection: Collection, query: Query): Promise<StoredDoc[]> {
    return this.guarded(() => {
      const plan = planOf(collection)
      const pages = this.pagesOf(plan, query)
      const read = () => this.pages(selectOf(plan, query.columns), pages, query)
      return pages.length > 1 ? this.connection.snapshot(read) : read()
    })
  }

  async count(collection: Collection, query: Pick<Query, 'where' | 'visible'>): Promise<number> {
    return this.guarded(() => {
      const { text, params } = counting(branchesOf(this.connection, planOf(collection), query))
      return this.connection.row(text, params)![0] as number
    })
  }

  async aggregate(collection: Collection, query: AggregateQuery): Promise<AggregateRow[]> {
    return this.guarded(() => this.connection.snapshot(() => aggregate(this.connection, planOf(collection), query)))
  }

  async metaVersion(): Promise<number> {
    return this.guarded(() => this.connection.row('SELECT value FROM _meta WHERE name = \'version\'')![0] as number)
  }

  /** With the port's errors instead of SQLite's. */
  protected guarded<T>(work: () => T, collection?: Collection): T {
    try {
      return work()
    } catch (error) {
      throw translated(error, collection?.columns)
    }
  }

  /** What to read, one after the other, until there is enough: one query, or several to continue after a document. */
  private pagesOf(plan: Plan, query: Query): Sql[] {
    checkPaging(query)
    const keys = keysOf(plan, query.sort)
    const along = offIndex(plan.collection, query.where, keys)
    const found = searched(this.connection, plan, query.where, fewToSort)
    const aside = found ? () => true : along && query.limit !== undefined ? narrow(this.connection, plan, query.where) : undefined
    const source = new Source(plan, query.visible, aside ?? along, found)
    const condition = source.where(query.where)
    const from = source.from()
    const order = orderBy(keys, aside !== undefined)
    if (!query.after) return [sql`${from} WHERE ${condition} ${order}`]
    return segmentsAfter(keys, query.after, query.sort).map((segment) => sql`${from} WHERE ${condition} AND ${segment} ${order}`)
  }

  private pages(selection: Selection, pages: Sql[], { limit = Infinity, offset = 0 }: Query): StoredDoc[] {
    let docs: StoredDoc[] = []
    for (const page of pages) {
      const left = limit - docs.length
      if (left <= 0) break
      const { text, params } = sql`${page} LIMIT ${left === Infinity ? -1 : left} OFFSET ${offset}`
      const more = fetch(this.connection, selection, text, params, left)
      docs = docs.length === 0 ? more : docs.concat(more)
    }
    return docs
  }
}

/** One count, or the sum of the counts of branches that exclude one another. */
function counting(branches: Branch[]): Sql {
  return sql`SELECT ${join(branches.map(({ source, condition }) => sql`(SELECT count(*) ${source.from()} WHERE ${condition})`), ' + ')}`
}

/** Documents that a search may find before looking along an index in the page's order takes less time. */
const fewToSort = 5000

function checkPaging({ limit, offset, after }: Query): void {
  for (const number of [limit, offset]) {
    if (number !== undefined && !(Number.isSafeInteger(number) && number >= 0)) throw badQuery('“limit” and “offset” are whole numbers from 0.')
  }
  if (after && offset !== undefined && offset !== 0) throw badQuery('Give “after” or “offset”, not both.')
}
