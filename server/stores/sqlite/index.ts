/** The embedded store: one SQLite file, nothing to install or run. See README.md for the choices. */
import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Capabilities, Collection, Column, Store, Transaction } from '../../ports/store'
import { badQuery } from '../shared/refusals'
import { runApart, type Place } from './apart'
import { Connection } from './connection'
import { loadDriver, type Driver, type DriverName } from './driver'
import { isBusy, translated } from './errors'
import { planOf } from './plan'
import { SqliteReader } from './reader'
import { createIndex, dropCollection, dropColumn, dropIndexes, ensureCollection, ownTables } from './schema'
import { fillSearch } from './search'
import { SqliteTransaction } from './transaction'
import { Writer } from './writer'

export interface SqliteOptions {
  /** Path of the database file; created with its folder when missing. */
  file: string
  /** Left out: the best one that is installed. */
  driver?: DriverName
}

export async function openSqlite({ file, driver }: SqliteOptions): Promise<Store> {
  const loaded = await loadDriver(driver)
  await mkdir(dirname(file), { recursive: true })
  const writing = await connect(loaded, file)
  await patiently(() => writing.exec(`BEGIN IMMEDIATE; ${ownTables} COMMIT`))
  // Waiting inside SQLite stops this process; the writer queue waits outside.
  writing.exec('PRAGMA busy_timeout = 5')
  return new SqliteStore(await connect(loaded, file), writing, { driver: loaded.name, file, pragmas: { ...pragmas, busy_timeout: 60_000 } })
}

class SqliteStore extends SqliteReader implements Store {
  readonly capabilities: Capabilities = { name: 'sqlite', multiProcess: true, transactionRetries: false }
  private readonly writer: Writer
  private closing: Promise<void> | undefined

  constructor(reading: Connection, private readonly writing: Connection, private readonly place: Place) {
    super(reading)
    this.writer = new Writer(writing)
  }

  async ensureCollection(collection: Collection): Promise<string[]> {
    try {
      const { done, indexes, superfluous } = await this.writer.run(() => ensureCollection(this.writing, collection))
      for (const index of indexes) await createIndex(collection, index, (statement) => runApart(this.place, statement))
      if (superfluous.length > 0) await this.writer.run(async () => dropIndexes(this.writing, superfluous))
      const plan = planOf(collection)
      while (await this.writer.run(async () => fillSearch(this.writing, plan)));
      return done
    } catch (error) {
      throw translated(error, collection.columns)
    }
  }

  dropColumn(collection: Collection, column: Column): Promise<void> {
    return this.writer.run(async () => dropColumn(this.writing, collection, column))
  }

  dropCollection(collection: Collection): Promise<void> {
    return this.writer.run(async () => dropCollection(this.writing, collection))
  }

  /** Reading past the transaction would miss what it has written. */
  protected override guarded<T>(work: () => T, collection?: Collection): T {
    if (this.writer.inside) throw badQuery('The store was read inside a transaction: use the transaction that is given to the function.')
    return super.guarded(work, collection)
  }

  transaction<T>(fn: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.writer.run(async () => {
      const transaction = new SqliteTransaction(this.writing)
      try {
        return await fn(transaction)
      } finally {
        transaction.end()
      }
    })
  }

  close(): Promise<void> {
    return (this.closing ??= this.closeNow())
  }

  private async closeNow(): Promise<void> {
    await this.writer.close()
    this.connection.close()
    // The log goes into the file; while another process reads, as much of it as can.
    this.writing.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    this.writing.close()
  }
}

const pragmas = {
  busy_timeout: 5000,
  journal_mode: 'WAL',
  synchronous: 'FULL',
  foreign_keys: 'OFF',
  temp_store: 'MEMORY',
  // Fewer, larger write-backs: a quarter less time for bulk writes.
  wal_autocheckpoint: 4000,
  cache_size: -65_536,
  mmap_size: 2_147_418_112,
  journal_size_limit: 67_108_864,
}

const connect = (driver: Driver, file: string) => patiently(() => new Connection(driver, file, pragmas))

/** Turning on the log and repairing it after a crash need the file for a moment alone, while others may be opening it too. */
async function patiently<T>(attempt: () => T): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return attempt()
    } catch (error) {
      if (!isBusy(error) || tries === 20) throw error
      await sleep(10 + Math.random() * 50 * tries)
    }
  }
}
