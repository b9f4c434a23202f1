/** The stores that the contract suites run on. A new adapter is a line here. */
import { createHash, randomUUID } from 'node:crypto'
import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import mongoose from 'mongoose'
import type { Store } from '../../server/ports/store'
import { openMongo } from '../../server/stores/mongo'
import { openSqlite } from '../../server/stores/sqlite'
import type { DriverName } from '../../server/stores/sqlite/driver'
import type { Gaps } from '../contract/store/gaps'
import { gaps, standInProgram, startStandIn } from '../contract/store/stand-in'

export interface OpenStore {
  store: Store
  /** A second store on the same data, as another process has it. */
  another(): Promise<Store>
  /** Closes the store and opens it anew. */
  reopen(): Promise<Store>
  /** What a process finds that starts after this one was killed right now. */
  afterKill?(): Promise<Store>
  dispose(): Promise<void>
}

export interface StoreUnderTest {
  name: string
  /** Why it cannot run here. */
  skip?: string
  /** Tests that it cannot pass, and why. */
  gaps?: Gaps
  open(): Promise<OpenStore>
}

const node = Number(process.versions.node.split('.')[0])

const mongoUri = process.env.MONGODB_URI ?? ''

export const stores: StoreUnderTest[] = [
  { name: 'sqlite (libsql)', open: () => sqlite('libsql') },
  {
    name: 'sqlite (better-sqlite3)',
    skip: node >= 22 ? undefined : `better-sqlite3 13 needs Node 22, this is ${process.version}`,
    open: () => sqlite('better-sqlite3'),
  },
  { name: 'mongo', skip: mongoUri === '' ? 'MONGODB_URI' : undefined, open: () => mongo(onServer(mongoUri, `formwright_test_${randomUUID()}`), dropDatabase) },
]

/** Not a store to rely on, only a way to try an adapter: what it cannot do is known for the store's own suite alone. */
export const standIns: StoreUnderTest[] = [
  {
    name: 'mongo (jongodb stand-in)',
    skip: standInProgram() === undefined ? 'jongodb is for Linux on x64' : undefined,
    gaps,
    open: async () => {
      const { uri, stop } = await startStandIn()
      return mongo(uri, stop)
    },
  },
]

async function sqlite(driver: DriverName): Promise<OpenStore> {
  const folder = await mkdtemp(join(tmpdir(), 'store-'))
  const file = join(folder, 'data.db')
  const opened: Store[] = []
  const open = async (path: string) => {
    const store = await openSqlite({ file: path, driver })
    opened.push(store)
    return store
  }
  return {
    store: await open(file),
    another: () => open(file),
    reopen: async () => {
      await opened[0]!.close()
      return open(file)
    },
    afterKill: async () => {
      const copy = join(folder, 'killed.db')
      for (const part of ['', '-wal']) await copyFile(file + part, copy + part)
      return open(copy)
    },
    dispose: async () => {
      for (const store of opened) await store.close()
      await rm(folder, { recursive: true })
    },
  }
}

async function mongo(uri: string, forget: (uri: string) => Promise<void>): Promise<OpenStore> {
  const opened: Store[] = []
  const open = async () => {
    const store = await openMongo({ uri })
    opened.push(store)
    return store
  }
  return {
    store: await open(),
    another: open,
    reopen: async () => {
      await opened[0]!.close()
      return open()
    },
    dispose: async () => {
      for (const store of opened) await store.close()
      await forget(uri)
    },
  }
}

/** A database of its own for a data folder, when the suite runs on a MongoDB. */
export const databaseFor = (folder: string): string | undefined =>
  mongoUri === '' ? undefined : onServer(mongoUri, `formwright_test_${createHash('sha256').update(folder).digest('hex').slice(0, 16)}`)

/** The same server and options, another database. */
export const onServer = (uri: string, database: string) => uri.replace(/^([^/]+\/\/[^/?]+)(?:\/[^?]*)?/, `$1/${database}`)

export async function dropDatabase(uri: string): Promise<void> {
  const connection = await mongoose.createConnection(uri).asPromise()
  await connection.dropDatabase()
  await connection.close()
}
