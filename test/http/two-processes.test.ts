/** Two servers on one file: what one publishes, revokes or writes holds in the other at its next request, and nothing is lost or left half. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Entity } from '../../schemas/generated/types'
import { field } from '../support/catalog'
import { Client } from '../support/client'
import { studioOf } from '../support/drafts'
import { killAll, startServer, type ServerProcess } from '../support/process'
import { customerInput, projectInput } from '../support/sales'

jest.setTimeout(300_000)
const env = { NO_DEMO: '1', ADMIN_PASSWORD: 'the admin password' }

let DATA_DIR: string
let servers: ServerProcess[]
let urls: string[]
/** The same session at another server. */
const at = (server: 0 | 1, { cookie, csrf }: Client) => Object.assign(new Client(urls[server]!), { cookie, csrf })
let admin: Client
let rep: Client

beforeAll(async () => {
  DATA_DIR = join(mkdtempSync(join(tmpdir(), 'two-')), 'data')
  const first = startServer({ DATA_DIR, ...env })
  urls = [await first.ready()]
  const second = startServer({ DATA_DIR, ...env })
  servers = [first, second]
  urls.push(await second.ready())
  admin = await Client.signIn(urls[0]!, 'admin', env.ADMIN_PASSWORD)
  await hire('rep')
  rep = await Client.signIn(urls[1]!, 'rep', 'a password')
})
afterAll(async () => { await killAll(); rmSync(join(DATA_DIR, '..'), { recursive: true, force: true }) })

async function hire(username: string) {
  const { id } = await admin.create('user', { username, name: username, roles: ['salesRep'] })
  await admin.must(admin.post(`/users/${id}/password`, { password: 'a password' }))
  return id
}

test('a person hired at one signs in at the other, and a session ended at one is ended at the other', async () => {
  const id = await hire('guest')
  const guest = await Client.signIn(urls[1]!, 'guest', 'a password')
  for (const server of [0, 1] as const) expect((await at(server, guest).get('/me')).status).toBe(200)
  await at(0, guest).delete('/session')
  for (const server of [1, 0] as const) expect((await at(server, guest).get('/me')).status).toBe(401)

  const again = await Client.signIn(urls[0]!, 'guest', 'a password')
  expect((await at(1, again).get('/me')).status).toBe(200)
  await admin.must(at(1, admin).post(`/users/${id}/password`, { password: 'another password' }))
  for (const server of [0, 1] as const) expect((await at(server, again).get('/me')).status).toBe(401)

  const third = await Client.signIn(urls[0]!, 'guest', 'another password')
  await admin.must(at(1, admin).patch(`/records/user/${id}`, { active: false }))
  expect((await at(0, third).get('/me')).status).toBe(401)
})

test('what is published at one is live at the other in the next request', async () => {
  const [here, there] = [at(0, rep), at(1, rep)]
  const { id } = await here.create('customer', customerInput())
  for (let round = 0; round < 3; round++) {
    const name = `x_note${round}`
    const studio = studioOf(at(round % 2 === 0 ? 0 : 1, admin))
    await studio.addFields('customer', field('text', name))
    expect((await studio.publish()).status).toBe(201)
    const other = round % 2 === 0 ? there : here
    expect((await other.patch(`/records/customer/${id}`, { [name]: 'seen' })).body).toMatchObject({ [name]: 'seen' })
    expect(await here.read('customer', id)).toMatchObject({ [name]: 'seen' })
  }
})

test('no update is lost, no number given twice, no revision passed over', async () => {
  const both = [at(0, rep), at(1, rep)]
  const customer = await both[0]!.create('customer', customerInput({ remark: '0' }))
  const adding = async (client: Client) => {
    for (let done = 0; done < 15;) {
      const { rev, remark } = await client.read('customer', customer.id)
      const { status } = await client.patch(`/records/customer/${customer.id}`, { remark: String(Number(remark) + 1) }, { 'if-match': `"${rev}"` })
      expect([200, 412]).toContain(status)
      if (status === 200) done++
    }
  }
  await Promise.all(both.map(adding))
  expect(await both[1]!.read('customer', customer.id)).toMatchObject({ remark: '30', rev: 31 })

  const made = await Promise.all(Array.from({ length: 40 }, (_, i) => both[i % 2]!.create('project', projectInput(customer.id))))
  expect(new Set(made.map((p) => p.projectNo)).size).toBe(40)
  for (const client of both) expect(await client.read('customer', customer.id)).toMatchObject({ openProjects: 40 })
})

test('what is written at one while the other publishes is judged, computed and keyed by one release or the next', async () => {
  const studio = studioOf(at(0, admin))
  let writing = true
  let written = 0
  const writers = Array.from({ length: 4 }, async (_, n) => {
    const client = at(n % 2 === 0 ? 1 : 0, rep)
    while (writing) {
      const { id } = await client.create('customer', customerInput({ employees: 7 }))
      await client.must(client.patch(`/records/customer/${id}`, { employees: 8 }))
      written++
    }
  })
  for (let round = 0; round < 4; round++) {
    await studio.change<Entity>('entity', 'customer', (d) => ({
      ...d, fields: [...d.fields, field('formula', `x_more${round}`, { formula: `employees + ${round}`, result: { type: 'integer' } })],
      unique: [...(d.unique ?? []), { fields: ['name', `x_more${round}`] }],
    }))
    const { status, body } = await studio.publish()
    expect({ status, body: status === 201 || body }).toEqual({ status: 201, body: true })
  }
  writing = false
  await Promise.all(writers)
  expect(written).toBeGreaterThan(4)
  const { items } = await at(1, rep).list('customer', { limit: '500' }, { field: 'employees', op: 'eq', value: 8 } as never)
  for (const item of items) expect(item).toMatchObject({ x_more0: 8, x_more1: 9, x_more2: 10, x_more3: 11 })
  // Every record has its key: the same again is refused at both.
  for (const server of [0, 1] as const) for (const { name } of items.slice(0, 10)) expect((await at(server, rep).post('/records/customer', customerInput({ name, employees: 8 }))).status).toBe(409)

  for (const server of servers) server.kill('SIGTERM')
  expect((await Promise.all(servers.map((s) => s.exited))).map((e) => e.code)).toEqual([0, 0])
  const verify = startServer({ DATA_DIR, ...env }, ['verify'])
  expect({ code: (await verify.exited).code, output: verify.output() }).toEqual({ code: 0, output: expect.stringContaining('Every derived value is what it should be') as string })
})
