/** Lead to cash over the API: stages, won, contract, approval, plan, money, and back again when a receipt is voided. */
import type { Filter } from '../../schemas/generated/types'
import type { WireRecord } from '../../runtime/engine'
import { asEngine, contextFor, systemPerson } from '../../server/use-cases/context'
import { verifyDerived } from '../../server/use-cases/maintain'
import type { Client, ProblemBody } from '../support/client'
import { startTestHost, type TestHost } from '../support/host'
import { approveContract, customerInput, decide, everythingKept, hireStaff, plannedContract, projectInput, quoteWithContract, threeTerms, unique, type Sales } from '../support/sales'

let host: TestHost
let sales: Sales
let rep: Client
beforeAll(async () => {
  host = await startTestHost()
  sales = await hireStaff(host)
  rep = sales.as.rep
})
afterAll(() => host?.close())

const by = (field: string, value: unknown) => ({ field, op: 'eq', value }) as unknown as Filter
const list = async (client: Client, entity: string, field: string, value: string, sort = 'createdAt') => (await client.must(client.get<{ items: (WireRecord & { id: string })[] }>(`/records/${entity}`, { filter: JSON.stringify(by(field, value)), sort, limit: '500' }))).items
const move = (project: string, to: string, fields: WireRecord = {}, comment?: string, client = rep) => client.post<ProblemBody & { record: WireRecord }>(`/records/project/${project}/stage`, { to, fields, comment })
const cents = (amount: unknown) => BigInt(String(amount).replace('.', ''))
const yuan = (units: bigint) => `${units / 100n}.${String(units % 100n).padStart(2, '0')}`

/** Stored values equal what is computed from the rows, everywhere. */
async function everythingAddsUp() {
  const ctx = asEngine(contextFor(host.services, await host.holder.current(), systemPerson, 'en', 'system'), 'system')
  expect(await verifyDerived(ctx)).toEqual([])
}

describe('the way of a project', () => {
  let customer: string, institute: string, product: string
  beforeAll(async () => {
    customer = (await rep.create('customer', customerInput())).id
    institute = (await rep.create('customer', customerInput({ type: 'designInstitute' }))).id
    product = (await sales.as.clerk.create('product', { code: unique('P'), name: 'Magnet', listPrice: '1', floorPrice: '0.5' })).id
  })

  const quoteFor = async (project: string) => {
    const quote = await rep.create('quote', { project, lines: [{ product, qty: '1000', price: '99.9999' }] })
    await sales.as.manager.must(sales.as.manager.action('quote', quote.id, 'approve'))
    return quote
  }
  const visit = (project: string) => rep.must(rep.action('project', project, 'logActivity', { subject: 'Visit', kind: 'visit', at: '2026-01-01T00:00:00Z', content: 'They agree.' }))
  const sign = async (project: string) => {
    const [contract] = await list(rep, 'contract', 'project', project)
    await rep.must(rep.patch(`/records/contract/${contract!.id}`, { paymentMode: 'oneOff' }))
    await approveContract(sales, contract!.id)
    await rep.must(rep.action('contract', contract!.id, 'sign'))
    // M50, M85: the contract names the version of the rates it was signed under.
    expect(await rep.read('contract', contract!.id)).toMatchObject({ commissionRule: 'v2026', commissionPercent: expect.any(String) as string })
  }
  const toContract = async (project: string) => { const quote = await quoteFor(project); await rep.must(rep.action('quote', quote.id, 'toContract')); return quote }

  type Step = [to: string, missing: string[], fields: WireRecord, before?: (project: string) => Promise<unknown>]
  const ways: Record<string, Step[]> = {
    siSupply: [
      ['presalesSolution', [], {}],
      ['solutionSubmitted', ['/solutionNote required'], { solutionNote: 'Sent on Monday' }],
      ['solutionConfirmed', ['/confirmedOn required'], { confirmedOn: '2026-01-05' }],
      ['negotiation', [' criterionUnmet'], {}, toContract],
      ['contractSigned', [' criterionUnmet'], {}, sign],
    ],
    projectSales: [
      ['engineeringDesign', ['/designInstitute required'], { get designInstitute() { return institute } }],
      ['productSelection', [], {}],
      ['tendering', ['/bidOn required', '/bidBond required'], { bidOn: '2026-03-01', bidBond: '0.00' }],
      ['negotiation', [' checklistOpen'], {}, (project) => rep.must(rep.put(`/records/project/${project}/checklist/reviewed`, { done: true }))],
      ['contractSigned', [], {}],
    ],
    projectLifecycle: [
      ['followUp', [' criterionUnmet'], {}, visit],
      ['technicalConfirm', [' criterionUnmet', ' criterionUnmet', ' criterionUnmet'], { techChecked: true, qualityChecked: true, supplyChecked: true }],
      ['commercialConfirm', ['/deliveryOn required', ' criterionUnmet'], { deliveryOn: '2026-06-01' }, quoteFor],
      ['contractSigning', [], {}],
      ['supplyAndCollection', [' criterionUnmet'], {}, sign],
      ['afterSales', [], {}],
      ['revisit', [], {}],
      ['expansion', [' criterionUnmet'], { expansionNote: 'No further demand' }],
    ],
  }

  test.each(Object.keys(ways))('%s: stage by stage, each gate naming its reason, to won', async (salesMode) => {
    const created = await rep.create('project', projectInput(customer, { salesMode }))
    expect(await rep.read('project', created.id)).toEqual(created)
    const { id } = created
    const pipeline = (await host.holder.current()).catalog.pipelines.get('project')!.find((p) => p.name === salesMode)!
    expect(created).toMatchObject({ stage: pipeline.stages[0]!.id, status: 'open', salesMode, phase: 'followUp' })

    for (const [to, missing, fields, before] of ways[salesMode]!) {
      if (missing.length > 0) {
        const kept = await everythingKept(host)
        const refused = await move(id, to)
        expect({ to, status: refused.status, problems: refused.body.problems.map((p) => `${p.path} ${p.code}`) }).toEqual({ to, status: 422, problems: missing })
        for (const p of refused.body.problems) expect(p.message).toMatch(/\w{4}/)
        expect(await everythingKept(host)).toBe(kept)
      }
      await before?.(id)
      const { record } = await rep.must(move(id, to, { ...fields }))
      const stage = pipeline.stages.find((s) => s.id === to)!
      expect(record).toMatchObject({ stage: to, status: 'open', phase: stage.phase, ...fields })
      expect(Number(record.probability)).toBe(stage.probability)
      expect(Number(record.weightedAmount)).toBe(10 * stage.probability!)
      expect(await rep.read('project', id)).toEqual(record)
    }

    const contracts = (await list(rep, 'contract', 'project', id)).length
    const { record, created: made } = await rep.must(rep.action('project', id, 'win'))
    expect(record).toMatchObject({ stage: 'won', status: 'won' })
    expect(record.wonOn).toEqual(expect.any(String))
    // A contract that is there already is enough.
    expect(made.map((m) => m.entity)).toEqual(contracts === 0 ? ['contract'] : [])
    expect((await rep.action<ProblemBody>('project', id, 'win')).status).toBe(409)

    const { items } = await rep.must(rep.get<{ items: { kind: string; by: string; at: string; data: { from: string; to: string; days: number } }[] }>(`/records/project/${id}/timeline`))
    const moves = items.filter((i) => i.kind === 'stage').reverse()
    expect(moves.map((m) => [m.data.from, m.data.to])).toEqual([...ways[salesMode]!.map((s) => s[0]), 'won'].map((to, i, all) => [i === 0 ? pipeline.stages[0]!.id : all[i - 1], to]))
    expect(new Set(moves.map((m) => m.by))).toEqual(new Set([sales.id.rep]))
    expect(moves.every((m) => m.data.days === 0)).toBe(true)
  })

  test('won with a quote: one transaction makes the contract with its customer, project and lines; a failure leaves everything', async () => {
    const { id } = await rep.create('project', projectInput(customer, { salesMode: 'projectSales' }))
    const draft = await rep.create('quote', { project: id, lines: [{ product, qty: '3', price: '33.3333' }, { product, qty: '0.5', price: '1', taxRate: '0' }] })
    for (const [to, , fields, before] of ways.projectSales!) { await before?.(id); await rep.must(move(id, to, { ...fields })) }

    const kept = await everythingKept(host)
    const refused = await rep.action<ProblemBody>('project', id, 'win', { quote: draft.id })
    expect({ status: refused.status, code: refused.body.code }).toEqual({ status: 422, code: 'criterionUnmet' })
    expect(await everythingKept(host)).toBe(kept)

    await sales.as.manager.must(sales.as.manager.action('quote', draft.id, 'approve'))
    const { created } = await rep.must(rep.action('project', id, 'win', { quote: draft.id }))
    const contract = await rep.read('contract', created[0]!.id)
    const quote = await rep.read('quote', draft.id)
    // 3 × 33.3333 = 100.00 (+ 13.00 tax, both rounded a row), 0.5 × 1 = 0.50.
    expect(quote).toMatchObject({ subtotal: '100.50', tax: '13.00', total: '113.50' })
    expect(contract).toMatchObject({ status: 'draft', customer, project: id, quote: draft.id, amount: '113.50', subtotal: '100.50', tax: '13.00', linesTotal: '113.50', owner: sales.id.rep })
    const plain = (lines: unknown) => (lines as WireRecord[]).map((row) => ({ ...row, id: undefined }))
    expect(plain(contract.lines)).toEqual(plain(quote.lines))
    expect(await rep.read('project', id)).toMatchObject({ status: 'won', quote: draft.id, contractCount: 1, contractTotal: '0.00' })
    expect(await rep.read('quote', draft.id)).toMatchObject({ activeContracts: 1 })
  })

  test('lost needs a reason; who may, reopens it with a comment', async () => {
    const { id } = await rep.create('project', projectInput(customer))
    await rep.must(move(id, 'presalesSolution'))
    const lost = await rep.must(rep.action('project', id, 'lose', { lostReason: 'price', lostNote: 'Too dear' }))
    expect(lost.record).toMatchObject({ status: 'lost', stage: 'lost', lostReason: 'price', lostNote: 'Too dear' })
    expect((await move(id, 'presalesSolution', {}, 'please')).status).toBe(409)
    const manager = sales.as.manager
    expect((await move(id, 'presalesSolution', {}, undefined, manager)).body.code).toBe('commentRequired')
    const { record } = await manager.must(move(id, 'presalesSolution', {}, 'They came back', manager))
    // What is hidden in an open project is cleared.
    expect(record).toMatchObject({ status: 'open', stage: 'presalesSolution', lostReason: null, lostNote: null, closedOn: null })
  })

  test('paused and taken up again where it was', async () => {
    const { id } = await rep.create('project', projectInput(customer))
    await rep.must(move(id, 'presalesSolution'))
    expect((await rep.must(rep.action('project', id, 'pause', { reason: 'No budget before spring' }))).record).toMatchObject({ status: 'paused' })
    expect((await move(id, 'solutionConfirmed', { confirmedOn: '2026-01-01' })).body.code).toBe('stageSkipped')
    expect((await rep.must(move(id, 'presalesSolution'))).record).toMatchObject({ status: 'open', stage: 'presalesSolution' })
  })

  test('an extension is a project of its own that knows where it comes from', async () => {
    const { id } = await rep.create('project', projectInput(customer))
    const { created } = await rep.must(rep.action('project', id, 'extend', { name: 'More of it', estimatedAmount: '5', expectedCloseOn: '2099-01-01' }))
    expect(await rep.read('project', created[0]!.id)).toMatchObject({ parentProject: id, primaryCustomer: customer, status: 'open', estimatedAmount: '5.00' })
    expect(await rep.read('project', id)).toMatchObject({ childProjects: 1 })
  })

  test('an activity is noted on project and customer', async () => {
    const other = (await rep.create('customer', customerInput())).id
    const { id } = await rep.create('project', projectInput(other))
    await rep.must(rep.action('project', id, 'logActivity', { subject: 'Call', kind: 'call', at: '2026-05-05T05:05:05Z', content: 'x' }))
    await rep.must(rep.action('project', id, 'logActivity', { subject: 'Earlier', kind: 'visit', at: '2026-01-01T00:00:00Z', content: 'x' }))
    expect(await rep.read('project', id)).toMatchObject({ lastFollowUpAt: '2026-05-05T05:05:05.000Z', visitCount: 1 })
    expect(await rep.read('customer', other)).toMatchObject({ lastFollowUpAt: '2026-05-05T05:05:05.000Z', openProjects: 1 })
  })
})

describe('who approves a contract', () => {
  test.each([['99999.99', ['manager']], ['100000.00', ['manager', 'director', 'finance']], ['500000.00', ['manager', 'director', 'finance']], ['500000.01', ['manager', 'director', 'finance', 'boss']]])('%s: %j', async (amount, expected) => {
    const { contract } = await quoteWithContract(sales, { contract: { amount, paymentTerms: threeTerms } })
    const instance = await rep.must(rep.post<{ id: string }>(`/records/contract/${contract}/flows/contractApproval`))
    expect(await rep.read('contract', contract)).toMatchObject({ status: 'inApproval' })
    const asked: string[] = []
    for (let i = 0; i < 5; i++) {
      const { status, tasks } = await rep.must(rep.get<{ status: string; tasks: { assignee: string; status: string; node: string }[] }>(`/flow-instances/${instance.id}`))
      if (status !== 'running') break
      const open = tasks.filter((t) => t.status === 'open')
      asked.push(...new Set(open.map((t) => t.node)))
      for (const node of new Set(open.map((t) => t.node))) await sales.as[node as 'finance'].must(decide(sales.as[node as 'finance'], contract))
    }
    expect(asked).toEqual(expected)
    expect(await rep.read('contract', contract)).toMatchObject({ status: 'approved' })
  })

  test('rejected: a draft again, with the reason in the trail, and it can be submitted anew', async () => {
    const { contract } = await quoteWithContract(sales, { contract: { paymentTerms: threeTerms } })
    await rep.must(rep.post(`/records/contract/${contract}/flows/contractApproval`))
    expect((await decide(sales.as.manager, contract, 'reject')).status).toBe(422)
    await sales.as.manager.must(decide(sales.as.manager, contract, 'reject', 'Too cheap'))
    expect(await rep.read('contract', contract)).toMatchObject({ status: 'draft' })
    const { items } = await rep.must(rep.get<{ items: { status: string; trail: { kind: string; comment?: string }[] }[] }>(`/records/contract/${contract}/flow-instances`))
    expect(items[0]).toMatchObject({ status: 'rejected' })
    expect(items[0]!.trail).toContainEqual(expect.objectContaining({ kind: 'rejected', comment: 'Too cheap' }))
    await approveContract(sales, contract)
    expect(await rep.read('contract', contract)).toMatchObject({ status: 'approved' })
  })

  test('a contract in a foreign currency is judged by its worth in yuan', async () => {
    const { contract } = await quoteWithContract(sales, { contract: { amount: '20000', currency: 'USD', exchangeRate: '7.1', paymentTerms: threeTerms } })
    expect(await rep.read('contract', contract)).toMatchObject({ baseAmount: '142000.00' })
    const instance = await rep.must(rep.post<{ id: string }>(`/records/contract/${contract}/flows/contractApproval`))
    await sales.as.manager.must(decide(sales.as.manager, contract))
    const { tasks } = await rep.must(rep.get<{ tasks: { node: string; status: string }[] }>(`/flow-instances/${instance.id}`))
    expect(new Set(tasks.filter((t) => t.status === 'open').map((t) => t.node))).toEqual(new Set(['director', 'finance']))
  })

  test('a draft that is not complete can still be voided', async () => {
    const { contract } = await quoteWithContract(sales)
    expect((await sales.as.manager.must(sales.as.manager.action('contract', contract, 'void', { reason: 'A mistake' }))).record).toMatchObject({ status: 'void', closeReason: 'A mistake' })
  })
})

describe('the plan adds up to the cent', () => {
  test.each<[string, WireRecord[], string[]]>([
    ['100.00', threeTerms, ['30.00', '33.33', '36.67']],
    ['100.01', threeTerms, ['30.00', '33.33', '36.68']],
    ['0.10', [{ name: 'a', percent: '33.33' }, { name: 'b', percent: '33.33' }, { name: 'c', percent: '33.34' }], ['0.03', '0.03', '0.04']],
    ['1000000.01', Array.from({ length: 3 }, (_, i) => ({ name: `t${i}`, percent: i < 2 ? '33.33' : '33.34' })), ['333300.00', '333300.00', '333400.01']],
    ['777777.77', Array.from({ length: 8 }, (_, i) => ({ name: `t${i}`, percent: '12.5' })), [...Array.from({ length: 7 }, () => '97222.22'), '97222.23']],
  ])('%s', async (amount, terms, expected) => {
    const { plans, contract } = await plannedContract(sales, amount, terms)
    expect(plans.map((p) => p.amount)).toEqual(expected)
    expect(yuan(plans.reduce((sum, p) => sum + cents(p.amount), 0n))).toBe(amount)
    expect(await rep.read('contract', contract)).toMatchObject({ planCount: terms.length, plannedTotal: amount, outstanding: amount })
    expect(plans.map((p) => p.seq)).toEqual(terms.map((_, i) => i + 1))
  })

  test('by delivery: rows before and after, one a delivery, and shipping sets when it is due', async () => {
    const deal = await quoteWithContract(sales, { contract: {
      amount: '1000.01', paymentMode: 'byDelivery', endOn: '2027-12-31',
      paymentTerms: [{ name: 'Deposit', percent: '10' }, { name: 'On delivery', percent: '85', basis: 'ship', offsetDays: 30 }, { name: 'Retention', percent: '5', basis: 'retention', offsetDays: 10 }],
      deliveries: [{ name: 'Sample', batch: 'sample', plannedOn: '2027-01-01', percent: '1' }, { name: 'Pilot', plannedOn: '2027-02-01', percent: '33' }, { name: 'Rest', plannedOn: '2027-03-01', percent: '66' }],
    } })
    await approveContract(sales, deal.contract)
    await rep.must(rep.action('contract', deal.contract, 'generatePlans'))
    const plans = await list(sales.as.finance, 'receivablePlan', 'contract', deal.contract, 'seq')
    expect(plans.map((p) => [p.name, p.basis, p.amount])).toEqual([['Deposit', 'date', '100.00'], ['Retention', 'retention', '50.00'], ['Sample', 'shipment', '8.50'], ['Pilot', 'shipment', '280.50'], ['Rest', 'shipment', '561.01']])
    expect(plans[1]).toMatchObject({ dueOn: '2028-01-10' })
    expect(plans[2]).toMatchObject({ dueOn: '2027-01-31', offsetDays: 30 })
    expect((await sales.as.finance.must(sales.as.finance.action('receivablePlan', plans[2]!.id, 'ship', { shippedOn: '2027-01-10' }))).record).toMatchObject({ shippedOn: '2027-01-10', dueOn: '2027-02-09' })
  })
})

describe('money', () => {
  const balances = async (deal: { customer: string; project: string; contract: string; plans: { id: string }[] }) => {
    const pick = (record: WireRecord, ...names: string[]) => Object.fromEntries(names.map((name) => [name, record[name]]))
    const { finance } = sales.as
    return {
      plan: pick(await finance.read('receivablePlan', deal.plans[0]!.id), 'receivedAmount', 'remaining', 'status'),
      contract: pick(await finance.read('contract', deal.contract), 'receivedTotal', 'outstanding', 'receivedRatio', 'baseReceived', 'baseOutstanding'),
      project: pick(await finance.read('project', deal.project), 'contractTotal', 'receivedTotal', 'outstanding'),
      customer: pick(await finance.read('customer', deal.customer), 'contractTotal', 'receivedTotal', 'outstanding'),
    }
  }
  const offersCollect = async (plan: string) => (await sales.as.finance.must(sales.as.finance.get<{ actions: { name: string; available: boolean; defaults: WireRecord }[] }>(`/records/receivablePlan/${plan}/commands`))).actions.find((a) => a.name === 'collect')!

  test('collecting in parts, then voiding, moves every balance there and back', async () => {
    const deal = await plannedContract(sales, '1000.00')
    const [first] = deal.plans
    const before = await balances(deal)
    expect(before).toEqual({
      plan: { receivedAmount: '0.00', remaining: '300.00', status: 'unpaid' },
      contract: { receivedTotal: '0.00', outstanding: '1000.00', receivedRatio: '0.00', baseReceived: '0.00', baseOutstanding: '1000.00' },
      project: { contractTotal: '1000.00', receivedTotal: '0.00', outstanding: '1000.00' },
      customer: { contractTotal: '1000.00', receivedTotal: '0.00', outstanding: '1000.00' },
    })
    expect(await offersCollect(first!.id)).toMatchObject({ available: true, defaults: { amount: '300.00', method: 'bank' } })

    const { finance } = sales.as
    const { created } = await finance.must(finance.action('receivablePlan', first!.id, 'collect', { amount: '0.01', bankRef: 'REF-1' }))
    expect(await finance.read('receipt', created[0]!.id)).toMatchObject({ plan: first!.id, contract: deal.contract, customer: deal.customer, project: deal.project, amount: '0.01', currency: 'CNY', status: 'confirmed' })
    expect(await balances(deal)).toMatchObject({ plan: { receivedAmount: '0.01', remaining: '299.99', status: 'partial' }, contract: { receivedTotal: '0.01', outstanding: '999.99' }, project: { receivedTotal: '0.01' }, customer: { outstanding: '999.99' } })
    expect(await offersCollect(first!.id)).toMatchObject({ available: true, defaults: { amount: '299.99' } })

    const rest = await finance.must(finance.action('receivablePlan', first!.id, 'collect'))
    expect(await balances(deal)).toEqual({
      plan: { receivedAmount: '300.00', remaining: '0.00', status: 'paid' },
      contract: { receivedTotal: '300.00', outstanding: '700.00', receivedRatio: '30.00', baseReceived: '300.00', baseOutstanding: '700.00' },
      project: { contractTotal: '1000.00', receivedTotal: '300.00', outstanding: '700.00' },
      customer: { contractTotal: '1000.00', receivedTotal: '300.00', outstanding: '700.00' },
    })
    expect(await offersCollect(first!.id)).toMatchObject({ available: false })

    for (const receipt of [created[0]!.id, rest.created[0]!.id]) expect((await finance.must(finance.action('receipt', receipt, 'void', { voidReason: 'Returned by the bank' }))).record).toMatchObject({ status: 'void' })
    expect(await balances(deal)).toEqual(before)
    expect(await offersCollect(first!.id)).toMatchObject({ available: true })
    expect((await finance.action('receipt', created[0]!.id, 'void', { voidReason: 'again' })).status).toBe(409)
    // The reference of a void transfer can be booked again.
    await finance.must(finance.action('receivablePlan', first!.id, 'collect', { amount: '1', bankRef: 'REF-1' }))
  })

  test('the same transfer is booked once', async () => {
    const deal = await plannedContract(sales)
    const { finance } = sales.as
    await finance.must(finance.action('receivablePlan', deal.plans[0]!.id, 'collect', { amount: '1', bankRef: 'REF-2' }))
    const kept = await everythingKept(host)
    const again = await finance.action<ProblemBody>('receivablePlan', deal.plans[0]!.id, 'collect', { amount: '1', bankRef: 'REF-2' })
    expect({ status: again.status, problems: again.body.problems.map((p) => `${p.path} ${p.code}`) }).toEqual({ status: 409, problems: ['/bankRef duplicate'] })
    expect(await everythingKept(host)).toBe(kept)
  })

  test('money outside the plan counts for the contract, and not above its amount', async () => {
    const deal = await plannedContract(sales)
    const { finance } = sales.as
    await finance.create('receipt', { contract: deal.contract, amount: '99.99' })
    expect(await finance.read('contract', deal.contract)).toMatchObject({ receivedTotal: '99.99', outstanding: '0.01' })
    expect((await finance.post('/records/receipt', { contract: deal.contract, amount: '0.02' })).status).toBe(422)
    expect((await finance.action('receivablePlan', deal.plans[0]!.id, 'collect')).status).toBe(422)
    await finance.must(finance.post('/records/receipt', { contract: deal.contract, amount: '0.01' }))
  })

  test('a receipt in draft moves nothing until it is confirmed', async () => {
    const deal = await plannedContract(sales)
    const { finance } = sales.as
    const { id } = await finance.create('receipt', { plan: deal.plans[0]!.id, status: 'draft' })
    expect(await finance.read('receipt', id)).toMatchObject({ amount: '30.00', contract: deal.contract, customer: deal.customer })
    expect(await balances(deal)).toMatchObject({ plan: { receivedAmount: '0.00' } })
    await finance.must(finance.action('receipt', id, 'confirm'))
    expect(await balances(deal)).toMatchObject({ plan: { receivedAmount: '30.00', status: 'paid' } })
  })

  test('a contract with money on it is not voided, and is completed when paid', async () => {
    const { contract, plans } = await plannedContract(sales)
    const { finance, manager } = sales.as
    expect((await manager.action('contract', contract, 'void', { reason: 'x' })).status).toBe(409)
    await rep.must(rep.action('contract', contract, 'sign'))
    expect((await rep.action('contract', contract, 'complete')).status).toBe(409)
    for (const plan of plans) await finance.must(finance.action('receivablePlan', plan.id, 'collect'))
    expect((await rep.must(rep.action('contract', contract, 'complete'))).record).toMatchObject({ status: 'completed', receivedRatio: '100.00' })
  })

  test('in the end everything stored equals what is computed', everythingAddsUp)

  test('an independent count agrees', async () => {
    const { director } = sales.as
    const all = async (entity: string) => (await director.list(entity, { limit: '500' })).items
    const [customers, contracts, receipts] = await Promise.all([all('customer'), all('contract'), all('receipt')])
    for (const customer of customers) {
      const received = receipts.filter((r) => r.customer === customer.id && r.status === 'confirmed').reduce((sum, r) => sum + cents(r.baseAmount), 0n)
      const contracted = contracts.filter((c) => c.customer === customer.id && ['approved', 'signed', 'executing', 'completed'].includes(c.status as string)).reduce((sum, c) => sum + cents(c.baseAmount), 0n)
      expect([customer.receivedTotal, customer.contractTotal]).toEqual([yuan(received), yuan(contracted)])
    }
  })
})
