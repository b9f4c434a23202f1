/** The stores that the contract suite runs on. A new adapter is a line here. */
import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Store } from '../../server/ports/store'
import { openSqlite } from '../../server/stores/sqlite'
import type { DriverName } from '../../server/stores/sqlite/driver'

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
  open(): Promise<OpenStore>
}

const node = Number(process.versions.node.split('.')[0])

export const stores: StoreUnderTest[] = [
  { name: 'sqlite (libsql)', open: () => sqlite('libsql') },
  {
    name: 'sqlite (better-sqlite3)',
    skip: node >= 22 ? undefined : `better-sqlite3 13 needs Node 22, this is ${process.version}`,
    open: () => sqlite('better-sqlite3'),
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
