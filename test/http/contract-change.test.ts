/** Acceptance 6 of domain.md: what is changed of an approved contract is held; rejected: values and totals as before. */
import type { WireRecord } from '../../runtime/engine'
import type { ProblemBody } from '../support/client'
import { loadRecord } from '../../server/records/load'
import { changeRecord } from '../../server/records/write'
import { asEngine, contextFor, inTransaction, systemPerson } from '../../server/use-cases/context'
import { startTestHost, type TestHost } from '../support/host'
import { approveContract, decide, everythingKept, hireStaff, quoteWithContract, type Sales } from '../support/sales'

let host: TestHost
let sales: Sales
beforeAll(async () => {
  host = await startTestHost()
  sales = await hireStaff(host)
})
afterAll(() => host?.close())

interface View { id: string; status: string; purpose: { kind: string } | null; changes?: { field: string; from: unknown; to: unknown }[] }
const rep = () => sales.as.rep
const latest = async (contract: string, client = rep()) => (await client.must(client.get<{ items: View[] }>(`/records/contract/${contract}/flow-instances`))).items[0]!
const totals = async (project: string) => (({ contractTotal, receivedTotal }) => ({ contractTotal, receivedTotal }))(await rep().read('project', project))
const patch = (contract: string, members: WireRecord, headers?: Record<string, string>) => rep().patch<ProblemBody & { pendingChange?: string; amount: string; rev: number }>(`/records/contract/${contract}`, members, headers)

const approved = async () => {
  const deal = await quoteWithContract(sales)
  await rep().must(rep().patch(`/records/contract/${deal.contract}`, { paymentMode: 'oneOff' }))
  await approveContract(sales, deal.contract)
  return deal
}

test('a change of an approved contract is held and shown; approved, it is written with its lines and totals', async () => {
  const { contract, project } = await approved()
  const before = await rep().read('contract', contract)
  const lines = (before.lines as WireRecord[]).map(({ id, product, name, unit, price, taxRate }) => ({ id, product, name, unit, price, taxRate, qty: '6' }))
  const { status, body } = await patch(contract, { amount: '250.00', lines })
  expect({ status, amount: body.amount, rev: body.rev }).toEqual({ status: 202, amount: before.amount, rev: before.rev })
  expect(await rep().read('contract', contract)).toEqual(before)
  const view = await latest(contract)
  expect(view).toMatchObject({ id: body.pendingChange, status: 'running', purpose: { kind: 'change' } })
  expect(view.changes!.map((c) => c.field).sort()).toEqual(['amount', 'lines'])
  expect(view.changes).toContainEqual({ field: 'amount', from: before.amount, to: '250.00' })
  expect((await patch(contract, { remark: 'x' })).body.code).toBe('inApproval')

  await decide(sales.as.manager, contract, 'approve')
  expect(await rep().read('contract', contract)).toEqual(before)
  await decide(sales.as.finance, contract, 'approve')
  const after = await rep().read('contract', contract)
  expect(after).toMatchObject({ amount: '250.00', status: 'approved', lines: [{ id: lines[0]!.id, qty: '6.000' }] })
  expect(after.subtotal).not.toBe(before.subtotal)
  expect(await totals(project)).toMatchObject({ contractTotal: '250.00' })
})

test('rejected or withdrawn: values, rows, totals and revision are as before', async () => {
  const { contract, project } = await approved()
  const before = { contract: await rep().read('contract', contract), totals: await totals(project) }
  const held = async () => expect((await patch(contract, { amount: '1.00', lines: [], paymentMode: 'oneOff' })).status).toBe(202)
  await held()
  await sales.as.manager.must(decide(sales.as.manager, contract, 'reject', 'no'))
  expect({ contract: await rep().read('contract', contract), totals: await totals(project) }).toEqual(before)
  await held()
  await rep().must(rep().post(`/flow-instances/${(await latest(contract)).id}/withdraw`, {}))
  expect({ contract: await rep().read('contract', contract), totals: await totals(project) }).toEqual(before)
  expect((await patch(contract, { remark: 'now' })).status).toBe(202)
})

test('what could not be written is refused at once, and what changes nothing is not held', async () => {
  const { contract } = await approved()
  const kept = await everythingKept(host)
  const { amount } = await rep().read('contract', contract)
  const refused = await patch(contract, { amount: '-1', endOn: '1999-01-01', status: 'signed' })
  expect([refused.status, ...refused.body.problems.map((p) => `${p.path} ${p.code}`).sort()]).toEqual([422, '/amount ruleViolated', '/amount tooSmall', '/endOn ruleViolated', '/plannedTotal ruleViolated', '/receivedTotal ruleViolated', '/status readOnly'])
  expect((await patch(contract, { amount })).status).toBe(200)
  expect((await patch(contract, { remark: 'x' }, { 'if-match': '"1"' })).status).toBe(412)
  expect(await everythingKept(host)).toBe(kept)
})

test('a field that changed meanwhile is not overwritten: the decision is refused and stays open', async () => {
  const { contract } = await approved()
  await patch(contract, { remark: 'asked for' })
  await decide(sales.as.manager, contract, 'approve')
  const model = await host.holder.current()
  await inTransaction(asEngine(contextFor(host.services, model, systemPerson, 'en', 'system'), 'system'), async (tx) => {
    const table = model.tables.get('contract')!
    await changeRecord(tx, table, (await loadRecord(tx, table, contract))!, { remark: 'by the engine' }, { byPerson: false })
  })
  expect((await decide(sales.as.finance, contract, 'approve')) as unknown).toMatchObject({ status: 409, body: { code: 'changedMeanwhile' } })
  expect(await rep().read('contract', contract)).toMatchObject({ remark: 'by the engine' })
  await sales.as.finance.must(decide(sales.as.finance, contract, 'reject', 'no'))
  expect(await rep().read('contract', contract)).toMatchObject({ remark: 'by the engine' })
})

test('a draft is changed as ever', async () => {
  const { contract } = await quoteWithContract(sales)
  expect((await patch(contract, { amount: '7.00' })).status).toBe(200)
})
