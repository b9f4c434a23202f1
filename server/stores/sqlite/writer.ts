/**
 * The one writer. Transactions queue; those that wait together share one durable commit (group commit), each inside a savepoint
 * of its own, so that one that fails takes nothing of its neighbours with it. Promises settle after the commit.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import { StoreError } from '../../ports/store'
import { badQuery, messageOf } from '../shared/refusals'
import type { Connection } from './connection'
import { isBusy } from './errors'

type Outcome = { value: unknown } | { error: unknown }
interface Job {
  work: () => Promise<unknown>
  resolve: (value: unknown) => void
  reject: (error: unknown) => void
}

/** Transactions that share a commit at most. */
const maxGroup = 64
/** How long to wait for other processes to finish writing. */
const patience = 10_000

export class Writer {
  private readonly queue: Job[] = []
  private readonly running = new AsyncLocalStorage<{ active: boolean }>()
  private draining: Promise<void> | undefined
  private closed = false

  constructor(private readonly connection: Connection) {}

  /** Whether the caller is a transaction's function. */
  get inside(): boolean { return this.running.getStore()?.active === true }

  /** Runs `work` inside a transaction on the writer connection. */
  run<T>(work: () => Promise<T>): Promise<T> {
    if (this.closed) return Promise.reject(new Error('The store is closed.'))
    if (this.inside) {
      return Promise.reject(badQuery('A nested transaction: use the transaction that is given to the function, it would wait for itself.'))
    }
    return new Promise<T>((resolve, reject) => {
      this.queue.push({ work, resolve: resolve as Job['resolve'], reject })
      this.draining ??= this.drain()
    })
  }

  /** Lets the queue run empty; nothing new is accepted. */
  async close(): Promise<void> {
    this.closed = true
    await this.draining
  }

  private async drain(): Promise<void> {
    // Waiting for the event loop's next turn lets the requests that have arrived together queue together.
    while (this.queue.length > 0) {
      await nextTurn()
      await this.runGroup()
    }
    this.draining = undefined
    // While it is on, every promise of the process pays for it.
    this.running.disable()
  }

  private async runGroup(): Promise<void> {
    let jobs: Job[] = []
    try {
      await this.begin()
      jobs = this.queue.splice(0, maxGroup)
      const outcomes: Outcome[] = []
      for (const job of jobs) outcomes.push(await this.attempt(job))
      this.connection.texts.write()
      this.connection.run('COMMIT')
      jobs.forEach((job, i) => settle(job, outcomes[i]!))
    } catch (error) {
      this.connection.texts.backTo(0)
      if (this.connection.inTransaction) this.connection.run('ROLLBACK')
      if (jobs.length === 0) jobs = this.queue.splice(0, maxGroup)
      for (const job of jobs) job.reject(lost(error))
    }
  }

  /** Waits for other processes without holding up this one. */
  private async begin(): Promise<void> {
    const deadline = Date.now() + patience
    for (let attempt = 0; ; attempt++) {
      try {
        return void this.connection.run('BEGIN IMMEDIATE')
      } catch (error) {
        if (!isBusy(error) || Date.now() > deadline) throw error
        await sleep(Math.random() * Math.min(2 ** attempt, 50))
      }
    }
  }

  private async attempt(job: Job): Promise<Outcome> {
    const context = { active: true }
    const point = this.connection.begin('job')
    try {
      const value = await this.running.run(context, job.work)
      point.release()
      return { value }
    } catch (error) {
      // Errors such as a full disk make SQLite roll back the whole group.
      if (!this.connection.inTransaction) throw error
      point.undo()
      return { error }
    } finally {
      context.active = false
    }
  }
}

function settle(job: Job, outcome: Outcome): void {
  if ('error' in outcome) job.reject(outcome.error)
  else job.resolve(outcome.value)
}

/** Nothing of the group was written; trying again may work. */
const lost = (error: unknown) => new StoreError('RETRYABLE', `The transaction could not be committed: ${messageOf(error)}`)
