/** The demonstration company as a new installation has it, seen through the API by the people in it. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import type { WireRecord } from '../../runtime/engine'
import type { Filter } from '../../schemas/generated/types'
import { demoCompany } from '../../seed/demo/company'
import { startHost, type Host } from '../../server/host'
import { Client } from '../support/client'
import { configFor, password } from '../support/host'
import { root } from '../support/sources'

const folder = mkdtempSync(join(tmpdir(), 'demo-'))
const log = pino({ level: 'silent' })
const told: string[] = []
const start = () => startHost({ config: configFor(folder), log, root, demo: demoCompany, tell: (line) => { told.push(line) } })

type Row = { [field: string]: string }
type Everything = Record<(typeof entities)[number], Row[]>
const entities = ['department', 'user', 'customer', 'contact', 'product', 'project', 'quote', 'contract', 'receivablePlan', 'receipt', 'activity'] as const

let host: Host
let everything: Everything

beforeAll(async () => {
  host = await start()
  everything = await readAll(host.url)
}, 180_000)

afterAll(async () => {
  await host.close()
  rmSync(folder, { recursive: true })
})

const signIn = (username: string, url = host.url) => Client.signIn(url, username, password)

/** All that the general manager sees, who sees everything. */
async function readAll(url: string): Promise<Everything> {
  const boss = await signIn('zhou', url)
  return Object.fromEntries(await Promise.all(entities.map(async (entity) => [entity, await listAll(boss, entity)]))) as Everything
}

async function listAll(client: Client, entity: string, filter?: Filter): Promise<Row[]> {
  const rows: Row[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: { items: WireRecord[]; nextCursor: string | null } = await client.list(entity, { limit: '500', ...(cursor && { cursor }) }, filter)
    rows.push(...(page.items as unknown as Row[]))
    cursor = page.nextCursor
  }
  return rows
}

const cents = (amount: string) => Math.round(Number(amount) * 100)
const sum = (rows: Row[], field: string) => rows.reduce((total, row) => total + cents(row[field]!), 0)
function countBy(rows: Row[], key: (row: Row) => string | undefined): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const row of rows) counts[key(row)!] = (counts[key(row)!] ?? 0) + 1
  return counts
}
const inForce = ['approved', 'signed', 'executing', 'completed']

describe('the company', () => {
  test('has three departments, twelve people and what the issue promises', () => {
    const { department, user, customer, product, project } = everything
    expect([department, user, customer, product, project].map((rows) => rows.length)).toEqual([3, 12, 60, 18, 120])
    expect(user.filter((u) => u.manager === null).map((u) => u.username)).toEqual(['zhou'])
    expect(user.every((u) => u.department !== null && u.roles?.length === 1)).toBe(true)
  })

  test('shows its accounts, and each can sign in', async () => {
    expect(demoCompany.accounts.map((a) => a.username).sort()).toEqual(everything.user.map((u) => u.username).sort())
    for (const { username } of demoCompany.accounts) expect((await signIn(username)).csrf).not.toBe('')
  }, 60_000)

  test('has projects in every stage of every pipeline', async () => {
    const { catalog } = await host.holder.current()
    const inStage = countBy(everything.project, (p) => `${p.salesMode} ${p.stage}`)
    const stages = catalog.pipelines.get('project')!.flatMap((p) => p.stages.map((s) => `${p.name} ${s.id}`))
    expect(stages).toHaveLength(30)
    expect(stages.filter((stage) => !inStage[stage])).toEqual([])
  })

  test('has won projects with a contract and lost ones with a reason', () => {
    const { project } = everything
    const won = project.filter((p) => p.status === 'won')
    expect(won.length).toBeGreaterThan(10)
    expect(won.filter((p) => Number(p.contractCount) === 0)).toEqual([])
    const lost = project.filter((p) => p.status === 'lost')
    expect(lost.length).toBeGreaterThan(10)
    expect(lost.filter((p) => !p.lostReason)).toEqual([])
  })

  test('has potential and official customers of every type and level, in groups', () => {
    const { customer } = everything
    for (const [field, values] of [['status', 2], ['type', 3], ['level', 3]] as const) expect(Object.keys(countBy(customer, (c) => c[field]!))).toHaveLength(values)
    expect(new Set(customer.map((c) => c.industry)).size).toBeGreaterThan(8)
    expect(customer.filter((c) => c.parent !== null).length).toBeGreaterThan(2)
  })

  test('has contracts in every state', () => {
    const states = countBy(everything.contract, (c) => c.status)
    expect(Object.keys(states).sort()).toEqual(['approved', 'completed', 'draft', 'executing', 'inApproval', 'signed', 'terminated', 'void'])
    expect(states.inApproval).toBeGreaterThan(8)
  })

  test('lived in the past: nothing is later than now', () => {
    const now = new Date().toISOString()
    for (const entity of entities) expect(everything[entity].filter((row) => row.createdAt! > now || row.updatedAt! > now)).toEqual([])
    const first = everything.project.map((p) => p.createdAt!).sort()[0]!
    expect(Date.parse(now) - Date.parse(first)).toBeGreaterThan(330 * 86_400_000)
  })
})

describe('its numbers', () => {
  test('plan rows add up to their contract', () => {
    const { contract, receivablePlan } = everything
    const planned = contract.filter((c) => Number(c.planCount) > 0)
    expect(planned.length).toBeGreaterThan(20)
    for (const c of planned) expect(sum(receivablePlan.filter((p) => p.contract === c.id), 'amount')).toBe(cents(c.amount!))
  })

  test('some receivables are paid, some in part, some overdue', () => {
    const states = countBy(everything.receivablePlan, (p) => p.status)
    expect(Object.keys(states).sort()).toEqual(['paid', 'partial', 'unpaid'])
    const overdue = everything.receivablePlan.filter((p) => Number(p.overdueDays) > 0)
    expect(overdue.length).toBeGreaterThan(5)
    expect(overdue.some((p) => Number(p.overdueDays) > 90)).toBe(true)
    expect(Object.keys(countBy(everything.receipt, (r) => r.status)).sort()).toEqual(['confirmed', 'draft', 'void'])
  })

  test('every total is the sum of what it totals', () => {
    const { customer, contract, receivablePlan, receipt, project, activity } = everything
    const confirmed = receipt.filter((r) => r.status === 'confirmed')
    const valid = contract.filter((c) => inForce.includes(c.status!))
    for (const p of receivablePlan) expect(cents(p.receivedAmount!)).toBe(sum(confirmed.filter((r) => r.plan === p.id), 'amount'))
    for (const c of contract) {
      expect(cents(c.receivedTotal!)).toBe(sum(confirmed.filter((r) => r.contract === c.id), 'amount'))
      expect(cents(c.outstanding!)).toBe(cents(c.amount!) - cents(c.receivedTotal!))
    }
    for (const c of customer) {
      expect(cents(c.contractTotal!)).toBe(sum(valid.filter((k) => k.customer === c.id), 'baseAmount'))
      expect(cents(c.receivedTotal!)).toBe(sum(confirmed.filter((r) => r.customer === c.id), 'baseAmount'))
      expect(Number(c.openProjects)).toBe(project.filter((p) => p.primaryCustomer === c.id && p.status === 'open').length)
    }
    for (const p of project) {
      expect(cents(p.contractTotal!)).toBe(sum(valid.filter((k) => k.project === p.id), 'baseAmount'))
      expect(Number(p.visitCount)).toBe(activity.filter((a) => a.project === p.id && a.kind === 'visit').length)
    }
  })
})

describe('its people', () => {
  const todo = async (username: string) => (await (await signIn(username)).get<{ items: { entity: string; status: string }[]; count: number }>('/tasks?box=todo')).body

  test.each([['lin', 4], ['huang', 2], ['shen', 2], ['tang', 3], ['zhou', 1]])('%s has approvals waiting', async (username, least) => {
    expect((await todo(username)).count).toBeGreaterThanOrEqual(least)
  })

  test('a representative has a rich pipeline, and sees nobody else’s', async () => {
    const chen = await signIn('chen')
    const mine = await listAll(chen, 'project')
    expect(mine.every((p) => p.owner === chen.userId)).toBe(true)
    expect(mine.filter((p) => p.status === 'open').length).toBeGreaterThan(20)
  })

  test('finance collects what is open, with one click', async () => {
    const tang = await signIn('tang')
    const [row] = await listAll(tang, 'receivablePlan', { field: 'status', op: 'eq', value: 'unpaid' } as unknown as Filter)
    const collected = await tang.action('receivablePlan', row!.id!, 'collect', { amount: '1.00', receivedOn: '2020-01-02' })
    expect(collected.status).toBe(200)
    const [receipt] = collected.body.created
    expect((await tang.action('receipt', receipt!.id, 'void', { voidReason: 'a trial' })).status).toBe(200)
    expect(await tang.read('receivablePlan', row!.id!)).toMatchObject({ status: 'unpaid', receivedAmount: '0.00' })
  })
})

test('a second start makes nothing anew', async () => {
  const before = await counts(host.url)
  await host.close()
  told.length = 0
  host = await start()
  expect(told).toEqual([])
  expect(await counts(host.url)).toEqual(before)
}, 60_000)

async function counts(url: string): Promise<Record<string, number>> {
  const all = await readAll(url)
  return Object.fromEntries(entities.map((entity) => [entity, all[entity].length]))
}
