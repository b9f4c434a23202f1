/** Writing, inside the MongoDB transaction of a session. */
import type { ClientSession } from 'mongoose'
import { StoreError } from '../../ports/store'
import type { Collection, Scalar, Stored, StoredDoc, Transaction, Where } from '../../ports/store'
import { columnOf } from '../shared/plans'
import { badQuery } from '../shared/refusals'
import { changed, changeOf, rawOf, type Change } from './changes'
import { translated } from './errors'
import type { StoreIndex } from './indexes'
import { passing, type Match } from './match'
import type { Models } from './models'
import { fieldOf, planOf, type Plan } from './plan'
import { MongoReader, versionCounter } from './reader'
import { refuseDuplicates } from './unique'
import { Source } from './where'

/** Every transaction counts it up first; see turn.ts. */
export const turnCounter = 'turn'

export class MongoTransaction extends MongoReader implements Transaction {
  private over = false
  private last: Promise<unknown> = Promise.resolve()
  /** What the database said when it ended the transaction; nothing can be done in it any more. */
  failure: unknown

  constructor(models: Models, protected override readonly session: ClientSession) {
    super(models, session)
  }

  /** Called when the transaction's function has settled: what it left behind must not write any more. Resolves when all is still. */
  async end(): Promise<void> {
    this.over = true
    await this.last
  }

  async insert(collection: Collection, docs: StoredDoc[]): Promise<void> {
    const plan = planOf(collection)
    await this.guarded(async () => {
      const raws = docs.map((doc) => rawOf(plan, doc))
      if (raws.length === 0) return
      await refuseDuplicates((match, fields) => this.stored(collection, match, fields), uniquesOf(plan), raws)
      await this.models.of(collection).insertMany(raws, { session: this.session, lean: true })
    }, collection)
  }

  async update(collection: Collection, id: string, rev: number | undefined, set: Record<string, Stored>, options: { keepRev?: boolean } = {}): Promise<number> {
    const plan = planOf(collection)
    return this.guarded(async () => {
      const change = changeOf(plan, set)
      const matching: Match = { _id: id, ...(rev !== undefined && { rev: BigInt(rev) }) }
      await this.refuseDuplicatesAfter(plan, matching, set, change)
      const update = { ...change, $inc: { rev: options.keepRev ? 0 : 1 } }
      const next = await this.models.of(collection).findOneAndUpdate(matching, update, { session: this.session, returnDocument: 'after', projection: { rev: 1 }, lean: true })
      if (next) return Number(next.rev)
      throw await this.missed(collection, id, rev)
    }, collection)
  }

  async updateWhere(collection: Collection, where: Where, set: Record<string, Scalar>): Promise<number> {
    const plan = planOf(collection)
    return this.guarded(async () => {
      const change = changeOf(plan, set)
      const rows = Object.keys(set).map((named) => columnOf(plan, named)).find((c) => c.kind === 'rows')
      if (rows) throw badQuery(`“${rows.name}” (rows) can only be set one document at a time.`)
      const matching = await this.matching(collection, where)
      await this.refuseDuplicatesAfter(plan, matching, set, change)
      const { matchedCount } = await this.models.of(collection).updateMany(matching, { ...change, $inc: { rev: 0 } }, { session: this.session })
      return matchedCount
    }, collection)
  }

  async remove(collection: Collection, ids: string[]): Promise<void> {
    await this.guarded(() => this.models.of(collection).deleteMany({ _id: { $in: ids } }, { session: this.session }))
  }

  async nextSequence(name: string): Promise<number> {
    return this.guarded(() => this.counted(`sequence:${name}`))
  }

  async bumpMetaVersion(): Promise<number> {
    return this.guarded(() => this.counted(versionCounter))
  }

  /** Takes the turn to write; fails as transient while another process has it. */
  async takeTurn(): Promise<void> {
    await this.counted(turnCounter)
  }

  /** One after the other, as a session takes them. */
  protected override guarded<T>(work: () => Promise<T>, collection?: Collection): Promise<T> {
    const result = this.last.then(() => {
      if (this.over) throw badQuery('The transaction is over.')
      if (this.failure !== undefined) throw translated(this.failure)
      return super.guarded(() => this.noting(work), collection)
    })
    this.last = result.catch(() => undefined)
    return result
  }

  /** Every error of the database's own ends the transaction. */
  private async noting<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof StoreError)) this.failure ??= error
      throw error
    }
  }

  private async counted(counter: string): Promise<number> {
    const counted = await this.models.counters.findOneAndUpdate({ _id: counter }, { $inc: { value: 1 } }, { session: this.session, upsert: true, returnDocument: 'after', lean: true })
    return Number(counted!.value)
  }

  /** Where references are walked the documents are looked up first: an update takes no lookups. */
  private async matching(collection: Collection, where: Where): Promise<Match> {
    const { own, through } = new Source(planOf(collection)).filter(where)
    if (through.length === 0) return own
    const found = await this.run(collection, [...passing(own), ...through, { $project: { _id: 1 } }])
    return { _id: { $in: found.map((doc) => doc._id) } }
  }

  /** The unique indexes that a change touches, over the documents as they will be. */
  private async refuseDuplicatesAfter(plan: Plan, matching: Match, set: Record<string, Stored>, change: Change): Promise<void> {
    const touched = uniquesOf(plan).filter((index) => index.columns.some((c) => Object.hasOwn(set, c)))
    if (touched.length === 0) return
    const read = (match: Match, fields: string[]) => this.stored(plan.collection, match, fields)
    const fields = touched.flatMap((index) => index.columns.map((c) => fieldOf(columnOf(plan, c))))
    const docs = (await read(matching, fields)).map((doc) => changed(doc, change))
    if (docs.length > 0) await refuseDuplicates(read, touched, docs)
  }

  private async missed(collection: Collection, id: string, rev: number | undefined): Promise<StoreError> {
    const [stored] = await this.stored(collection, { _id: id }, ['rev'])
    if (!stored) return new StoreError('NOT_FOUND', `${collection.name} has no document ${id}.`)
    return new StoreError('CONFLICT', `${collection.name} ${id} is at revision ${String(stored.rev)}, not ${String(rev)}.`)
  }
}

const uniquesOf = (plan: Plan): StoreIndex[] => plan.indexes.filter((index) => index.unique)
