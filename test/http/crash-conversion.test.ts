/** Killed while values get another form, while empty fields are filled and while records get the keys of a new rule of uniqueness: the next start goes on where it stopped, listening meanwhile. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Definition, Entity, Field } from '../../schemas/generated/types'
import { entity, field, role } from '../support/catalog'
import { Client } from '../support/client'
import { studioOf } from '../support/drafts'
import { killAll, startServer, type ServerProcess } from '../support/process'

jest.setTimeout(300_000)
const env = { NO_DEMO: '1', ADMIN_PASSWORD: 'the admin password' }
const count = 3000

interface Change { id: string; kind: string; status: string; done: number; total: number }

let folder: string
let server: ServerProcess
let admin: Client
beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'conversion-')) })
afterAll(async () => { await killAll(); rmSync(folder, { recursive: true, force: true }) })

async function start() {
  server = startServer({ DATA_DIR: join(folder, 'data'), ...env })
  const url = await server.ready()
  admin = admin ? Object.assign(new Client(url), { cookie: admin.cookie, csrf: admin.csrf }) : await Client.signIn(url, 'admin', env.ADMIN_PASSWORD)
}

const documents: Definition[] = [
  entity('x_thing', [field('text', 'name'), field('text', 'size'), field('formula', 'twice', { formula: 'name + name', result: { type: 'text' } })], { ownership: 'none' }),
  role('x_all', { grants: [{ entity: 'x_thing', verbs: ['create', 'read', 'update'], scope: 'all' }] }),
]

async function fillWithThings() {
  await admin.must(admin.post('/bundles', { definitions: documents }))
  const { items: [me] } = await admin.list('user', {}, { field: 'username', op: 'eq', value: 'admin' } as never)
  await admin.must(admin.patch(`/records/user/${me!.id}`, { roles: [...(me!.roles as string[]), 'x_all'] }))
  let next = 0
  const creating = async () => { while (next < count) { const n = next++; await admin.create('x_thing', { name: `n${n}`, size: String(n) }) } }
  await Promise.all(Array.from({ length: 16 }, creating))
}

const change = async (kind: string) => (await admin.must(admin.get<{ items: Change[] }>('/data-changes'))).items.find((c) => c.kind === kind)

/** Waits until some of it is done, and kills the server before all is. */
async function killWithin(kind: string) {
  for (;;) {
    const found = await change(kind)
    if (found && found.done > 0) { server.kill('SIGKILL'); await server.exited; return found }
  }
}

async function finished(kind: string): Promise<Change> {
  for (;;) {
    const found = await change(kind)
    if (found && found.status !== 'running') return found
    await new Promise((resolve) => { setTimeout(resolve, 50) })
  }
}

test('a conversion, a filling and a comparison that were killed are finished by the next start', async () => {
  await start()
  await fillWithThings()
  const studio = studioOf(admin)
  await studio.editField('x_thing', 'size', (f) => ({ ...f, type: 'integer' }) as Field)
  const { status, body } = await admin.post<{ pending?: string }>('/releases')
  expect({ status, body }).toEqual({ status: 202, body: { pending: expect.any(String) as string } })
  expect(await killWithin('convert')).toMatchObject({ id: body.pending, status: 'running', total: count })

  await start()
  expect(await finished('convert')).toMatchObject({ status: 'done', done: count })
  const sum = async (name: string) => (await admin.must(admin.post<{ groups: { values: unknown[] }[] }>('/records/x_thing/aggregate', { measures: [{ op: 'count' }, { op: 'sum', field: name }] }))).groups[0]!.values.map(Number)
  expect(await sum('size')).toEqual([count, (count * (count - 1)) / 2])
  const again = studioOf(admin)
  expect((await again.published<Entity>('entity', 'x_thing')).definition.fields[1]).toMatchObject({ type: 'integer' })

  await again.addFields('x_thing', field('integer', 'x_grade', { required: true }))
  const answer = await admin.post<{ number?: number; dataChanges?: string[] }>('/releases', { decisions: { fill: [{ entity: 'x_thing', field: 'x_grade', expr: 'size + 1' }] } })
  expect({ status: answer.status, changes: answer.body.dataChanges }).toEqual({ status: 201, changes: [expect.any(String)] })
  expect(await killWithin('fill')).toMatchObject({ id: answer.body.dataChanges![0], total: count })

  await start()
  expect(await finished('fill')).toMatchObject({ status: 'done', done: count })
  expect(await sum('x_grade')).toEqual([count, (count * (count + 1)) / 2])

  const third = studioOf(admin)
  await third.change<Entity>('entity', 'x_thing', (d) => ({ ...d, unique: [{ fields: ['name'], normalise: 'text' }] }))
  expect((await admin.post<{ pending?: string }>('/releases')).status).toBe(202)
  expect(await killWithin('compare')).toMatchObject({ status: 'running', total: count })

  await start()
  expect(await finished('compare')).toMatchObject({ status: 'done', done: count })
  for (const n of [0, 1500, count - 1]) expect((await admin.post('/records/x_thing', { name: `N-${n}`, size: 1, x_grade: 1 })).body).toMatchObject({ status: 409, code: 'duplicate' })
})
