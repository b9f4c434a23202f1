/**
 * Taking turns. The port promises that writers are serialised: a use-case may read what its decision depends on and rely on it until
 * it commits. MongoDB's snapshots alone do not promise that for documents that are read and not written, so every transaction first
 * counts one counter up. Within a process transactions queue; between processes the later one fails as transient and tries again.
 */
import { badQuery, messageOf } from '../shared/refusals'
import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ClientSession } from 'mongoose'
import { isTransient, isUnknownCommit, retryable, translated } from './errors'
import type { Models } from './models'
import { MongoTransaction } from './transaction'

/** How long to go on trying when others write the same. */
const patience = 10_000

export class Turns {
  private readonly running = new AsyncLocalStorage<{ active: boolean }>()
  private last: Promise<unknown> = Promise.resolve()
  private closed = false

  constructor(private readonly models: Models) {}

  /** Whether the caller is a transaction's function. */
  get inside(): boolean { return this.running.getStore()?.active === true }

  /** Runs `work` when those before it have settled. */
  take<T>(work: () => Promise<T>): Promise<T> {
    if (this.closed) return Promise.reject(new Error('The store is closed.'))
    if (this.inside) return Promise.reject(badQuery('A nested transaction: use the transaction that is given to the function, it would wait for itself.'))
    const result = this.last.then(work)
    this.last = result.catch(() => undefined)
    return result
  }

  transaction<T>(fn: (tx: MongoTransaction) => Promise<T>): Promise<T> {
    return this.take(() => this.patiently(fn))
  }

  /** Lets the queue run empty; nothing new is accepted. */
  async close(): Promise<void> {
    this.closed = true
    await this.last
    // Node asks every storage about every promise until it is told not to.
    this.running.disable()
  }

  private async patiently<T>(fn: (tx: MongoTransaction) => Promise<T>): Promise<T> {
    const deadline = Date.now() + patience
    for (let attempt = 0; ; attempt++) {
      try {
        return await this.once(fn, deadline)
      } catch (error) {
        if (!isTransient(error)) throw translated(error)
        if (Date.now() > deadline) throw retryable(`The transaction could not be committed: ${messageOf(error)}`)
        await sleep(Math.random() * Math.min(2 ** attempt, 50))
      }
    }
  }

  private async once<T>(fn: (tx: MongoTransaction) => Promise<T>, deadline: number): Promise<T> {
    const session = await this.models.connection.startSession()
    try {
      session.startTransaction({ readConcern: { level: 'snapshot' }, writeConcern: { w: 'majority' }, readPreference: 'primary' })
      const result = await this.decide(fn, new MongoTransaction(this.models, session))
      await commit(session, deadline)
      return result
    } finally {
      if (session.inTransaction()) await session.abortTransaction().catch(() => undefined)
      await session.endSession()
    }
  }

  /** What the function says counts, unless the database has ended the transaction under it. */
  private async decide<T>(fn: (tx: MongoTransaction) => Promise<T>, transaction: MongoTransaction): Promise<T> {
    await transaction.takeTurn()
    const context = { active: true }
    try {
      const result = await this.running.run(context, () => fn(transaction))
      await transaction.end()
      if (transaction.failure !== undefined) throw transaction.failure
      return result
    } catch (error) {
      throw isTransient(transaction.failure) ? transaction.failure : error
    } finally {
      context.active = false
      await transaction.end()
    }
  }
}

/** A commit whose answer was lost is asked again; it happens once. */
async function commit(session: ClientSession, deadline: number): Promise<void> {
  for (;;) {
    try {
      return await session.commitTransaction()
    } catch (error) {
      if (!isUnknownCommit(error)) throw error
      if (Date.now() > deadline) throw new Error('It is not known whether the transaction was committed.', { cause: error })
      await sleep(Math.random() * 50)
    }
  }
}
