/** The store for installations that outgrow one machine: MongoDB, through mongoose. See README.md for the choices. */
import type { Capabilities, Collection, Column, Store, Transaction } from '../../ports/store'
import { badQuery } from '../shared/refusals'
import { connect } from './connection'
import { Models } from './models'
import { MongoReader } from './reader'
import { dropCollection, dropColumn, ensureCollection } from './schema'
import { turnCounter } from './transaction'
import { Turns } from './turn'

export interface MongoOptions {
  /** `mongodb://…` or `mongodb+srv://…` of a replica set or a sharded cluster. Without a database in it: `formwright`. */
  uri: string
}

export async function openMongo({ uri }: MongoOptions): Promise<Store> {
  const models = new Models(await connect(uri))
  try {
    // Makes the collection: a transaction cannot.
    await models.counters.updateOne({ _id: turnCounter }, { $setOnInsert: { value: 0 } }, { upsert: true })
    return new MongoStore(models)
  } catch (error) {
    await models.connection.destroy()
    throw error
  }
}

class MongoStore extends MongoReader implements Store {
  readonly capabilities: Capabilities = { name: 'mongodb', multiProcess: true, transactionRetries: true }
  private readonly turns: Turns
  private closing: Promise<void> | undefined

  constructor(models: Models) {
    super(models)
    this.turns = new Turns(models)
  }

  async ensureCollection(collection: Collection): Promise<string[]> {
    return this.turns.take(() => super.guarded(() => ensureCollection(this.models, collection), collection))
  }

  async dropColumn(collection: Collection, column: Column): Promise<void> {
    return this.turns.take(() => super.guarded(() => dropColumn(this.models, collection, column), collection))
  }

  async dropCollection(collection: Collection): Promise<void> {
    return this.turns.take(() => super.guarded(() => dropCollection(this.models, collection), collection))
  }

  transaction<T>(fn: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.turns.transaction(fn)
  }

  close(): Promise<void> {
    return (this.closing ??= this.closeNow())
  }

  private async closeNow(): Promise<void> {
    await this.turns.close()
    await this.models.connection.destroy()
  }

  /** Reading past the transaction would miss what it has written. */
  protected override async guarded<T>(work: () => Promise<T>, collection?: Collection): Promise<T> {
    if (this.turns.inside) throw badQuery('The store was read inside a transaction: use the transaction that is given to the function.')
    return super.guarded(work, collection)
  }
}
