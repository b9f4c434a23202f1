/** What leaves by itself: records whose days in the bin are over, on the server that runs, once a day. */
import { asEngine, contextFor, systemPerson } from '../../server/use-cases/context'
import { createRecord } from '../../server/use-cases/create-record'
import { deleteRecord } from '../../server/use-cases/delete-record'
import { entity, field } from '../support/catalog'
import { movableClock, startTestHost, type TestHost } from '../support/host'

const day = 86_400_000
const clock = movableClock()
let host: TestHost
beforeAll(async () => { host = await startTestHost({ documents: [entity('short', [field('text', 'name')], { binDays: 5 }), entity('usual', [field('text', 'name')])], clock }) })
afterAll(() => host?.close())

const names = async (kind: string) => (await host.services.store.find((await host.holder.current()).tables.get(kind)!.collection, { columns: ['name'] })).map((d) => d.name).sort()
const afterDays = async (days: number) => { clock.tick(days * day); await host.worker.runDue() }

test('each kind after its own days, and nothing that is not in the bin', async () => {
  const engine = asEngine(contextFor(host.services, await host.holder.current(), systemPerson, 'en', 'system'), 'system')
  for (const kind of ['short', 'usual']) for (const name of ['stays', 'goes']) {
    const { id } = await createRecord(engine, kind, { name })
    if (name === 'goes') await deleteRecord(engine, kind, id!)
  }
  await afterDays(4)
  expect([await names('short'), await names('usual')]).toEqual([['goes', 'stays'], ['goes', 'stays']])
  await afterDays(2)
  expect([await names('short'), await names('usual')]).toEqual([['stays'], ['goes', 'stays']])
  await afterDays(25)
  expect([await names('short'), await names('usual')]).toEqual([['stays'], ['stays']])
})
