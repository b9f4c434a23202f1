/**
 * `npm run bench -- shapes`: what an entity of 300 fields costs, and the far end of a chain of four (each adds up the one below), as a multiple of
 * the same request to contracts, which have twenty fields and add nothing up.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Entity, Field, Role } from '../../schemas/generated/types'
import { buildServers, newFolder } from './build'
import { cases } from './cases'
import { Client, type Call } from './client'
import { median, oneRound, type Side } from './measure'
import { runOnce, startServer } from './processes'
import { filesIn, type Fixtures } from './servers/files'
import { seeded } from './data'

/** At most so many times the contract's cost. */
const bar = 3
const width = 300
/** From the top: each refers to the one before it and adds up the one after. */
const chain = ['region', 'district', 'shop', 'sale'] as const
const records = 2_000

/** `next`: an endless row of requests, the same for the same seed. */
interface Request { title: string; status: number; warmUp: number; round: number; like: string; next: (ids: string[], seed: number) => () => Call }

const label = (text: string) => ({ en: text, zh: text })
const at = (entity: string) => `/api/v1/records/${entity}`

const kinds: ((name: string) => Field)[] = [
  (name) => ({ name, type: 'text', label: label(name), maxLength: 80 }),
  (name) => ({ name, type: 'money', label: label(name) }),
  (name) => ({ name, type: 'date', label: label(name) }),
  (name) => ({ name, type: 'integer', label: label(name) }),
  (name) => ({ name, type: 'boolean', label: label(name) }),
  (name) => ({ name, type: 'enum', label: label(name), options: ['a', 'b', 'c'].map((value) => ({ value, label: label(value) })) }),
]
const values = ['短文本', '1234.50', '2026-03-01', 7, true, 'b']
const wideFields = Array.from({ length: width - 1 }, (_, i) => ({ name: `f${i}`, kind: i % kinds.length }))
const wide: Entity = {
  kind: 'entity', schemaVersion: 1, name: 'wide', label: label('Wide'), titleField: 'name', indexes: [['createdAt']],
  fields: [{ name: 'name', type: 'text', label: label('Name'), required: true }, ...wideFields.map(({ name, kind }) => kinds[kind]!(name))],
}
const wideInput = (n: number) => ({ name: `宽表${n}`, ...Object.fromEntries(wideFields.map(({ name, kind }) => [name, values[kind]])) })

const chained = (): Entity[] => chain.map((name, i) => ({
  kind: 'entity', schemaVersion: 1, name, label: label(name), titleField: 'name', indexes: [['createdAt']],
  fields: [
    { name: 'name', type: 'text', label: label('Name'), required: true },
    ...(i > 0 ? [{ name: 'parent', type: 'reference', entity: chain[i - 1]!, label: label('Of'), required: true } satisfies Field] : []),
    chain[i + 1] === undefined ? { name: 'total', type: 'money', label: label('Amount'), required: true } : { name: 'total', type: 'rollup', label: label('Total'), rollup: { entity: chain[i + 1]!, via: 'parent', op: 'sum', field: 'total' } },
  ],
}))

const deepList = new URLSearchParams({ filter: JSON.stringify({ field: 'parent.parent.parent.name', op: 'eq', value: 'region 0' }), sort: '-createdAt', limit: '50', fields: 'name,total,parent,parent.name,parent.parent.name,parent.parent.parent.name' })
const wideList = new URLSearchParams({ sort: '-createdAt', limit: '50', fields: ['name', ...wideFields.slice(0, 7).map((f) => f.name)].join() })

const anyOf = (ids: string[], seed: number) => { const random = seeded(seed); return () => ids[Math.floor(random() * ids.length)]! }

/** `like`: the case of contracts that it is compared with. */
const requests: Record<'wide' | 'sale', Request[]> = {
  wide: [
    { title: 'GET one', like: 'a', status: 200, warmUp: 1000, round: 500, next: (ids, seed) => { const id = anyOf(ids, seed); return () => ({ method: 'GET', path: `${at('wide')}/${id()}` }) } },
    { title: 'LIST 50, eight columns, newest first', like: 'l', status: 200, warmUp: 400, round: 200, next: () => () => ({ method: 'GET', path: `${at('wide')}?${wideList}` }) },
    { title: 'CREATE, all fields', like: 'e', status: 201, warmUp: 400, round: 250, next: () => () => ({ method: 'POST', path: at('wide'), body: wideInput(0) }) },
    { title: 'UPDATE two fields', like: 'f', status: 200, warmUp: 400, round: 250, next: (ids, seed) => { const id = anyOf(ids, seed); let n = 0; return () => ({ method: 'PATCH', path: `${at('wide')}/${id()}`, body: { f0: `新${seed}.${n++}`, f6: '别的' } }) } },
  ],
  sale: [
    { title: 'GET one', like: 'a', status: 200, warmUp: 1000, round: 500, next: (ids, seed) => { const id = anyOf(ids, seed); return () => ({ method: 'GET', path: `${at('sale')}/${id()}` }) } },
    { title: 'LIST 50 by the name three references up', like: 'l', status: 200, warmUp: 400, round: 200, next: () => () => ({ method: 'GET', path: `${at('sale')}?${deepList}` }) },
    { title: 'UPDATE an amount, three totals follow', like: 'f', status: 200, warmUp: 400, round: 250, next: (ids, seed) => { const id = anyOf(ids, seed); let n = 0; return () => ({ method: 'PATCH', path: `${at('sale')}/${id()}`, body: { name: `卖${seed}`, total: `${seed * 1000 + n++}.00` } }) } },
  ],
}

export async function shapes(rows: number, rounds: number): Promise<void> {
  const folder = newFolder()
  try {
    addTo(join(filesIn(folder).site, 'seed'))
    await buildServers()
    await runOnce('prepare', [folder, String(rows)])
    const server = await startServer('ours', folder)
    const client = new Client(server.url)
    await client.signIn()
    const fixtures = JSON.parse(readFileSync(filesIn(folder).fixtures, 'utf8')) as Fixtures
    const ids = { wide: await filled(client, 'wide', wideInput), sale: await filledChain(client) }
    for (const [entity, items] of Object.entries(requests) as [keyof typeof requests, Request[]][]) for (const item of items) console.log(await compared({ server, client }, fixtures, entity, ids[entity], item, rounds))
    await server.stop()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The definitions, and the manager's right to their records. */
function addTo(seed: string): void {
  const entities = [wide, ...chained()]
  for (const entity of entities) writeFileSync(join(seed, `entities/${entity.name}.json`), JSON.stringify(entity))
  const file = join(seed, 'roles/salesManager.json')
  const role = JSON.parse(readFileSync(file, 'utf8')) as Role
  writeFileSync(file, JSON.stringify({ ...role, grants: [...role.grants, ...entities.map(({ name }) => ({ entity: name, verbs: ['create', 'read', 'update'], scope: 'department' }))] }))
}

async function created(client: Client, entity: string, body: unknown): Promise<string> {
  const { status, text } = await client.send({ method: 'POST', path: at(entity), body })
  if (status !== 201) throw new Error(`${entity}: ${status} ${text.slice(0, 500)}`)
  return (JSON.parse(text) as { id: string }).id
}

async function filled(client: Client, entity: string, make: (n: number) => unknown): Promise<string[]> {
  const ids: string[] = []
  for (let n = 0; n < records; n++) ids.push(await created(client, entity, make(n)))
  return ids
}

/** One top in twenty of the next, and so on, down to the sales. */
async function filledChain(client: Client): Promise<string[]> {
  let above: string[] = []
  for (const [level, entity] of chain.entries()) {
    const count = Math.ceil(records / 10 ** (chain.length - 1 - level))
    const ids: string[] = []
    for (let n = 0; n < count; n++) ids.push(await created(client, entity, { name: `${entity} ${n}`, ...(level > 0 && { parent: above[n % above.length] }), ...(level === chain.length - 1 && { total: '100.00' }) }))
    above = ids
  }
  return above
}

/** Both in turns, so that what disturbs the machine disturbs both. */
async function compared(side: Side, fixtures: Fixtures, entity: string, ids: string[], { title, like, status, warmUp, round, next }: Request, rounds: number): Promise<string> {
  const plain = cases.find((c) => c.key === like)!
  const item = { ...plain, status, warmUp, round, calls: (_: Fixtures, seed: number) => next(ids, seed) }
  const ratios: number[] = []
  let cpu = 0
  for (const of of [plain, item]) await side.client.drive(of.warmUp, of.calls(fixtures, 0), of.status)
  for (let turn = 1; turn <= rounds; turn++) {
    cpu = (await oneRound(item, side, fixtures, turn)).cpu
    ratios.push(cpu / (await oneRound(plain, side, fixtures, turn)).cpu)
  }
  const ratio = median(ratios)
  return `${entity.padEnd(5)} ${title.padEnd(42)} ${cpu.toFixed(2).padStart(7)} ms  × ${ratio.toFixed(2)} of ${plain.key}  ${ratio <= bar ? 'reached' : `not reached (≤ ${bar})`}`
}
