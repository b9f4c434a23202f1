/** Reading, past every transaction or inside one. */
import type { ClientSession } from 'mongoose'
import type { AggregateQuery, AggregateRow, Collection, Query, Reader, StoredDoc } from '../../ports/store'
import { badQuery } from '../shared/refusals'
import { keysOf } from '../shared/sort-keys'
import { aggregation } from './aggregate'
import { translated } from './errors'
import { all, passing, type Match, type Stage } from './match'
import type { Models, Raw } from './models'
import { beyond, sorting } from './order'
import { planOf } from './plan'
import { documentOf, selectOf } from './selection'
import { Source } from './where'

export const versionCounter = 'metaVersion'

/** How 64-bit numbers come: as numbers, as bigint, as `Long`. */
type Longs = { useBigInt64?: true; promoteLongs?: false }

export class MongoReader implements Reader {
  constructor(protected readonly models: Models, protected readonly session?: ClientSession) {}

  async get(collection: Collection, id: string, columns?: string[]): Promise<StoredDoc | undefined> {
    return (await this.documents(collection, () => [{ $match: { _id: id } }], columns))[0]
  }

  async getMany(collection: Collection, ids: string[], columns?: string[]): Promise<StoredDoc[]> {
    if (ids.length === 0) return []
    return this.documents(collection, () => [{ $match: { _id: { $in: ids } } }], columns)
  }

  async find(collection: Collection, query: Query): Promise<StoredDoc[]> {
    return this.documents(collection, () => pageOf(collection, query), query.columns)
  }

  async count(collection: Collection, { where, visible }: Pick<Query, 'where' | 'visible'>): Promise<number> {
    return this.guarded(async () => {
      const { own, through } = new Source(planOf(collection), visible).filter(where)
      const [found] = await this.run(collection, [...passing(own), ...through, { $count: 'n' }])
      return (found?.n ?? 0) as number
    })
  }

  async aggregate(collection: Collection, query: AggregateQuery): Promise<AggregateRow[]> {
    return this.guarded(async () => {
      const { pipeline, rowsOf } = aggregation(planOf(collection), query)
      return rowsOf(await this.run(collection, pipeline, { promoteLongs: false }))
    })
  }

  async metaVersion(): Promise<number> {
    return this.guarded(async () => {
      const counter = await this.models.counters.findById(versionCounter).session(this.session ?? null).lean()
      return Number(counter?.value ?? 0)
    })
  }

  /** With the port's errors instead of MongoDB's. */
  protected async guarded<T>(work: () => Promise<T>, collection?: Collection): Promise<T> {
    try {
      return await work()
    } catch (error) {
      throw translated(error, () => (collection ? planOf(collection).indexes : []))
    }
  }

  /** Everything is read by a pipeline; MongoDB answers a plain one as it answers a find. */
  protected run(collection: Collection, pipeline: Stage[], longs: Longs = {}): Promise<Raw[]> {
    return this.models.of(collection).aggregate<Raw>(pipeline).session(this.session ?? null).option({ allowDiskUse: true, ...longs } as object).exec()
  }

  /** Some fields of the documents that match, as they are stored. */
  protected stored(collection: Collection, match: Match, fields: string[]): Promise<Raw[]> {
    return this.run(collection, [...passing(match), { $project: Object.fromEntries(['_id', ...fields].map((field) => [field, 1])) }], { useBigInt64: true })
  }

  private documents(collection: Collection, stages: () => Stage[] | undefined, columns: string[] | undefined): Promise<StoredDoc[]> {
    return this.guarded(async () => {
      const selection = selectOf(planOf(collection), columns)
      const found = stages()
      return found ? (await this.run(collection, [...found, selection.project])).map((raw) => documentOf(selection, raw)) : []
    })
  }
}

/** Sorted before references are followed: with an index that has the order, only as many documents are read as the page needs. */
function pageOf(collection: Collection, query: Query): Stage[] | undefined {
  checkPaging(query)
  const plan = planOf(collection)
  const keys = keysOf(plan, query.sort)
  const { own, through } = new Source(plan, query.visible).filter(query.where)
  const from = query.after ? all([own, beyond(keys, query.after, query.sort)]) : own
  const { offset = 0, limit } = query
  if (limit === 0) return undefined
  return [...passing(from), sorting(keys), ...through, ...(offset > 0 ? [{ $skip: offset }] : []), ...(limit === undefined ? [] : [{ $limit: limit }])]
}

function checkPaging({ limit, offset, after }: Query): void {
  for (const number of [limit, offset]) {
    if (number !== undefined && !(Number.isSafeInteger(number) && number >= 0)) throw badQuery('“limit” and “offset” are whole numbers from 0.')
  }
  if (after && offset !== undefined && offset !== 0) throw badQuery('Give “after” or “offset”, not both.')
}
