/** Definitions as bundles: taken out, compared, put in, over the API and from the command line; the typed client compiles and works. */
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Definition, Entity } from '../../schemas/generated/types'
import { fileOf, readDefinitions, writeDefinitions } from '../../server/setup/definitions-folder'
import { startServer } from '../support/process'
import type { Client, ProblemBody } from '../support/client'
import { password, startTestHost, type TestHost } from '../support/host'
import { root } from '../support/sources'

jest.setTimeout(180_000)

interface Preview { items: { kind: string; key: string; change: string; differences: { path: string; op: string }[] }[]; problems: { kind: string; key: string; path: string; code: string; message: string }[] }
interface Bundle { release: number; definitions: Definition[] }

let host: TestHost
let admin: Client, rep: Client
let folder: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bundles-'))
  host = await startTestHost()
  const { roles } = (await host.holder.current()).catalog
  await host.addUser({ username: 'admin', roles: [...roles.values()].filter((r) => r.capabilities?.includes('studio')).map((r) => r.name) })
  await host.addUser({ username: 'rep', roles: ['salesRep'] })
  ;[admin, rep] = await Promise.all([host.signIn('admin'), host.signIn('rep')])
})
afterAll(async () => {
  await host?.close()
  rmSync(folder, { recursive: true })
})

const taken = async (items?: string) => (await admin.must(admin.get<Bundle>('/bundles', { ...(items !== undefined && { items }) }))).definitions
const put = (definitions: Definition[], removals?: string[]) => admin.post<{ number?: number; unchanged?: boolean; items: { key: string }[] } & ProblemBody>('/bundles', { definitions, ...(removals && { removals }) })
const preview = (definitions: Definition[], removals?: string[]) => admin.must(admin.post<Preview>('/bundles/preview', { definitions, ...(removals && { removals }) }))
const withField = (entity: Entity, name: string): Entity => ({ ...entity, fields: [...entity.fields, { name, type: 'text', label: { en: name, zh: name } }] })

describe('over the API', () => {
  test('what is taken out differs in nothing, and putting it in publishes nothing', async () => {
    const all = await taken()
    expect(all.length).toBeGreaterThan(50)
    const { items, problems } = await preview(all)
    expect({ problems, changed: items.filter((i) => i.change !== 'unchanged') }).toEqual({ problems: [], changed: [] })
    expect((await put(all)).body).toEqual({ unchanged: true })
  })

  test('a selection with a change: shown, then published, the rest untouched', async () => {
    const [customer] = await taken('entity:customer') as [Entity]
    const changed = withField(customer, 'x_nickname')
    const view: Definition = { kind: 'view', name: 'x_mine', entity: 'customer', label: { en: 'Mine', zh: '我的' }, type: 'table', columns: [{ field: 'x_nickname' }] } as never
    const { items } = await preview([changed, view])
    expect(items.map((i) => `${i.change} ${i.kind} ${i.key}`)).toEqual(['changed entity customer', 'added view x_mine'])
    expect(items[0]!.differences).toMatchObject([{ op: 'added', path: `/fields/${customer.fields.length}` }])
    const before = (await taken()).length
    const { status, body } = await put([changed, view])
    expect({ status, items: body.items.map((i) => i.key) }).toEqual({ status: 201, items: ['customer', 'x_mine'] })
    expect((await taken()).length).toBe(before + 1)
  })

  test('faults are told together and nothing is published', async () => {
    const [customer] = await taken('entity:customer') as [Entity]
    const bad = { ...withField(customer, 'x_more'), titleField: 'nothing' }
    const broken = { kind: 'view', name: 'x_broken', entity: 'nothing', label: { en: 'B', zh: 'B' }, type: 'table' } as unknown as Definition
    const { problems } = await preview([bad, broken])
    expect(problems.map((p) => `${p.kind} ${p.key} ${p.path}`)).toEqual(expect.arrayContaining(['entity customer /titleField', 'view x_broken /entity']))
    const { status, body } = await put([bad, broken])
    expect({ status, problems: body.problems.length }).toEqual({ status: 422, problems: problems.length })
    expect((await taken('entity:customer')).at(0)).toEqual(customer)
  })

  test('only what is named goes', async () => {
    expect((await preview([], ['view:x_mine'])).items).toMatchObject([{ change: 'removed', key: 'x_mine' }])
    expect((await put([], ['view:x_nothing'])).status).toBe(404)
    expect((await put([], ['view:x_mine'])).status).toBe(201)
    expect((await admin.get('/bundles', { items: 'view:x_mine' })).status).toBe(404)
  })

  test('it is for the studio only', async () => {
    expect((await rep.get('/bundles')).status).toBe(403)
    expect((await rep.post('/bundles', { definitions: [] })).status).toBe(403)
    expect((await rep.post('/bundles/preview', { definitions: [] })).status).toBe(403)
  })
})

test('files and bundles are the same', async () => {
  const seeded = readDefinitions(join(root, 'seed'))
  writeDefinitions(join(folder, 'copy'), seeded)
  const id = (d: Definition) => fileOf(d)
  expect(readDefinitions(join(folder, 'copy')).map(id).sort()).toEqual(seeded.map(id).sort())
})

/** A command on an installation of its own. */
async function run(...args: string[]) {
  const { exited, output } = startServer({ DATA_DIR: join(folder, 'data'), NO_DEMO: '1', ADMIN_PASSWORD: 'a password' }, args)
  return { code: (await exited).code, said: output() }
}

describe('from the command line', () => {
  test('export, validate, diff, apply, upgrade, types', async () => {
    const files = join(folder, 'files')
    expect(await run('export', files)).toMatchObject({ code: 0 })
    expect(await run('validate', files)).toMatchObject({ code: 0, said: expect.stringContaining('nothing wrong') as string })
    const file = join(files, 'entities/customer.json')
    const customer = JSON.parse(readFileSync(file, 'utf8')) as Entity
    writeFileSync(file, JSON.stringify(withField(customer, 'x_nickname')))
    expect((await run('diff', files)).said).toMatch(/~ entity customer[^]*x_nickname[^]*0 added, 1 changed, 0 removed/)
    expect((await run('apply', files)).said).toContain('entity customer')
    expect((await run('apply', files)).said).toContain('Nothing differs')
    writeFileSync(file, JSON.stringify({ ...customer, label: { en: 'Client', zh: '客户单位' } }))
    expect(await run('upgrade', files)).toMatchObject({ code: 1, said: expect.stringContaining('not a newer version') as string })
    const template = join(files, 'template.json')
    writeFileSync(template, readFileSync(template, 'utf8').replace(/"version": "[^"]*"/, '"version": "9.0.0"'))
    const upgrade = await run('upgrade', files)
    expect(upgrade).toMatchObject({ code: 0, said: expect.stringContaining('0 conflicts, 0 changes to be parked') as string })
    expect(upgrade.said).toMatch(/→ 9\.0\.0[^]*~ entity customer\n {4}\/label\/en changed: "Customer" → "Client"/)
    expect(upgrade.said).not.toContain('x_nickname')
    writeFileSync(file, JSON.stringify({ ...customer, titleField: 'nothing' }))
    expect(await run('validate', files)).toMatchObject({ code: 1, said: expect.stringContaining('entities/customer.json /titleField') as string })
    expect(await run('types', join(folder, 'types.ts'))).toMatchObject({ code: 0 })
    expect(readFileSync(join(folder, 'types.ts'), 'utf8')).toContain('x_nickname')
    expect(await run('validate')).toMatchObject({ code: 1, said: expect.stringContaining('Usage') as string })
  })
})

/** What a script prints. */
const node = (...args: string[]) => new Promise<string>((resolve) => { execFile(process.execPath, args, { cwd: root }, (_, stdout) => resolve(stdout)) })

test('the typed client compiles strictly, refuses what is wrong, and works', async () => {
  expect(await run('types', join(folder, 'client.ts'))).toMatchObject({ code: 0 })
  const use = (rest: string) => `import { FormwrightClient, type Entities } from './client'\nexport async function main(url: string) {\n  const client = await FormwrightClient.signIn<Entities>(url, 'rep', '${password}')\n${rest}\n}\n`
  writeFileSync(join(folder, 'right.ts'), use(`
  const made = await client.create('customer', { name: 'Typed', type: 'endUser', industry: 'motors', region: 'east' })
  const changed = await client.update('customer', made.id, { shortName: 'T' }, made.rev)
  const names: (string | null)[] = []
  for await (const c of client.all('customer', { filter: { field: 'id', op: 'eq', value: made.id }, sort: ['name'] })) names.push(c.shortName)
  return { rev: changed.rev, names }`))
  writeFileSync(join(folder, 'wrong.ts'), use(`
  await client.create('customer', { title: 'No such field' })
  await client.list('unicorn')
  const c = await client.get('customer', '1')
  c.name.fly()
  await client.act('project', '1', 'fly', {})`))
  const check = (file: string) => node(join(root, 'node_modules/typescript/bin/tsc'), '--ignoreConfig', '--noEmit', '--strict', '--target', 'es2022', '--module', 'esnext', '--moduleResolution', 'bundler', '--lib', 'es2022,dom,dom.iterable', join(folder, file))
  expect(await check('right.ts')).toBe('')
  expect((await check('wrong.ts')).match(/wrong\.ts\(\d+/g)?.length).toBeGreaterThanOrEqual(4)
  writeFileSync(join(folder, 'go.ts'), `import { main } from './right'\nmain('${host.url}').then((result) => console.log(JSON.stringify(result)))\n`)
  expect(await node('--import', 'tsx', join(folder, 'go.ts'))).toBe('{"rev":2,"names":["T"]}\n')
})
