/** What only the embedded store must show. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSqlite } from '../../../server/stores/sqlite'
import { loadDriver } from '../../../server/stores/sqlite/driver'
import { contract, ids, is, put } from './model'

test.each(['VACUUM', 'VACUUM INTO'])('search indexes are right after %s: documents keep their rowids', async (how) => {
  const folder = await mkdtemp(join(tmpdir(), 'store-'))
  const [file, copy] = [join(folder, 'data.db'), join(folder, 'copy.db')]
  const store = await openSqlite({ file })
  await store.ensureCollection(contract)
  await put(store, contract, ...Array.from({ length: 50 }, (_, i) => ({ id: String(100 - i), title: `合同${i}` })))
  await store.transaction((tx) => tx.remove(contract, Array.from({ length: 40 }, (_, i) => String(100 - i))))
  await store.close()
  const database = (await loadDriver()).open(file)
  database.exec(how === 'VACUUM' ? 'VACUUM' : `VACUUM INTO '${copy}'`)
  database.close()
  const after = await openSqlite({ file: how === 'VACUUM' ? file : copy })
  expect(await ids(after, { where: is('title', 'contains', '同45') })).toEqual(['55'])
  await after.close()
  await rm(folder, { recursive: true })
})
