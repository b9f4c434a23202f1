/** Derived values over other records follow every change, in every store: random histories against a plain recount. */
import fc from 'fast-check'
import { asEngine, contextFor, systemPerson } from '../../server/use-cases/context'
import { deleteRecord, restoreRecord } from '../../server/use-cases/delete-record'
import { verifyDerived } from '../../server/use-cases/maintain'
import { entity, field, label } from '../support/catalog'
import { places, refusalOf, type Known, type Place } from '../support/places'

const options = ['open', 'paid', 'void'].map((value) => ({ value, label }))
const rollup = (name: string, op: string, members: object = {}) => field('rollup', name, { rollup: { entity: 'bill', via: 'order', op, ...members } })
const paid = { field: 'status', op: 'eq', value: 'paid' }

const documents = [
  entity('customer', [
    field('text', 'name'), field('rollup', 'orders', { rollup: { entity: 'order', via: 'customer', op: 'count' } }), field('rollup', 'paid', { rollup: { entity: 'order', via: 'customer', op: 'sum', field: 'paid' } }),
    field('rollup', 'left', { rollup: { entity: 'order', via: 'customer', op: 'sum', field: 'left', filter: { field: 'left', op: 'gt', value: '0' } } }),
  ]),
  entity('order', [
    field('text', 'name'), field('reference', 'customer', { entity: 'customer' }), field('money', 'amount', { default: '1000' }),
    rollup('bills', 'count'), rollup('paid', 'sum', { field: 'amount', filter: paid }), rollup('smallest', 'min', { field: 'amount' }), rollup('largest', 'max', { field: 'amount' }), rollup('average', 'avg', { field: 'amount' }), rollup('last', 'max', { field: 'on' }),
    field('formula', 'left', { formula: 'amount - paid', result: { type: 'money' } }), field('formula', 'who', { formula: "concat(customer.name, ' ', name)", result: { type: 'text' } }),
  ], { validations: [{ id: 'notTooMuch', rule: 'paid <= amount', message: { en: 'Too much was paid.', zh: '付款超额。' } }] }),
  entity('bill', [field('text', 'name'), field('reference', 'order', { entity: 'order' }), field('money', 'amount'), field('enum', 'status', { options, default: 'open' }), field('date', 'on'), field('formula', 'forWhom', { formula: 'order.who', result: { type: 'text' } })]),
]

interface Bill { order: number | null; amount: number | null; status: string; on: string | null; gone: boolean }
const bill = fc.record({ order: fc.option(fc.nat({ max: 2 })), amount: fc.option(fc.integer({ min: 0, max: 30_000 })), status: fc.constantFrom('open', 'paid', 'void'), on: fc.option(fc.constantFrom('2026-01-01', '2026-02-02', '2026-03-03')) })
type Step = { do: 'add'; bill: Omit<Bill, 'gone'> } | { do: 'change'; which: number; bill: Partial<Omit<Bill, 'gone'>> } | { do: 'bin' | 'restore'; which: number } | { do: 'move'; order: number; customer: number } | { do: 'rename'; customer: number; name: string }
const steps: fc.Arbitrary<Step[]> = fc.array(fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('add' as const), bill }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('change' as const), which: fc.nat({ max: 9 }), bill: fc.record({ order: fc.option(fc.nat({ max: 2 })), amount: fc.option(fc.integer({ min: 0, max: 30_000 })), status: fc.constantFrom('open', 'paid', 'void') }, { requiredKeys: [] }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('bin' as const, 'restore' as const), which: fc.nat({ max: 9 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('move' as const), order: fc.nat({ max: 2 }), customer: fc.nat({ max: 1 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('rename' as const), customer: fc.nat({ max: 1 }), name: fc.constantFrom('A', 'B', 'C') }) },
), { maxLength: 25 }) as never

const yuan = (cents: number | null) => (cents === null ? null : `${cents < 0 ? '-' : ''}${Math.floor(Math.abs(cents) / 100)}.${String(Math.abs(cents) % 100).padStart(2, '0')}`)

for (const { name, skip, open } of places.filter((p) => p.name !== 'the HTTP API')) {
  describe(name, () => {
    if (skip) return test.skip(`not run: ${skip}`, () => undefined)
    let place: Place
    beforeAll(async () => { place = await open(documents, '2026-06-15') })
    afterAll(() => place?.close())
    const engine = async () => asEngine(contextFor(place.services, await place.model(), systemPerson, 'en', 'system'), 'system')

    /** What a plain recount gives. */
    function recount(orders: { customer: number }[], bills: Bill[], names: string[], order: number) {
      const own = bills.filter((b) => b.order === order && !b.gone)
      const amounts = own.map((b) => b.amount).filter((a) => a !== null)
      const sum = own.filter((b) => b.status === 'paid').reduce((total, b) => total + (b.amount ?? 0), 0)
      const last = own.map((b) => b.on).filter((on) => on !== null).sort().at(-1) ?? null
      return {
        bills: own.length, paid: yuan(sum), left: yuan(100_000 - sum), smallest: yuan(amounts.length ? Math.min(...amounts) : null), largest: yuan(amounts.length ? Math.max(...amounts) : null),
        average: yuan(amounts.length ? Math.round(amounts.reduce((a, b) => a + b, 0) / amounts.length) : null), last, who: `${names[orders[order]!.customer]} order${order}`,
      }
    }

    test('any history leaves what a recount gives', () => fc.assert(fc.asyncProperty(steps, async (history) => {
      const customers = [await place.create('customer', { name: 'A' }), await place.create('customer', { name: 'B' })]
      const orders = await Promise.all([0, 1, 2].map(async (i) => ({ id: (await place.create('order', { name: `order${i}`, customer: customers[i % 2]!.id })).id, customer: i % 2 })))
      const names = ['A', 'B']
      const bills: (Bill & { id: string })[] = []
      const wire = (b: Partial<Bill>) => ({ ...b, ...('order' in b && { order: b.order === null ? null : orders[b.order!]!.id }), ...('amount' in b && { amount: b.amount === null ? null : yuan(b.amount!) }) })
      for (const step of history) {
        const chosen = 'which' in step && bills.length > 0 ? bills[step.which % bills.length]! : undefined
        try {
          if (step.do === 'add') bills.push({ ...step.bill, gone: false, id: (await place.create('bill', wire(step.bill))).id })
          else if (step.do === 'move') { await place.patch('order', orders[step.order]!.id, { customer: customers[step.customer]!.id }); orders[step.order]!.customer = step.customer }
          else if (step.do === 'rename') { await place.patch('customer', customers[step.customer]!.id, { name: step.name }); names[step.customer] = step.name }
          else if (chosen && step.do === 'change' && !chosen.gone) { await place.patch('bill', chosen.id, wire(step.bill)); Object.assign(chosen, step.bill) }
          else if (chosen && step.do === 'bin' && !chosen.gone) { await deleteRecord(await engine(), 'bill', chosen.id); chosen.gone = true }
          else if (chosen && step.do === 'restore' && chosen.gone) { await restoreRecord(await engine(), 'bill', chosen.id); chosen.gone = false }
        } catch (error) { if ((error as { code?: string }).code !== 'ruleViolated') throw error /* paid too much: refused as a whole */ }
      }
      for (const [i, order] of orders.entries()) expect(await place.get('order', order.id)).toMatchObject(recount(orders, bills, names, i))
      for (const [i, customer] of customers.entries()) {
        const own = orders.map((o, n) => ({ ...o, n })).filter((o) => o.customer === i).map(({ n }) => bills.filter((b) => b.order === n && !b.gone && b.status === 'paid').reduce((total, b) => total + (b.amount ?? 0), 0))
        expect(await place.get('customer', customer.id)).toMatchObject({ orders: own.length, paid: yuan(own.reduce((a, b) => a + b, 0)), left: yuan(own.reduce((total, p) => total + Math.max(0, 100_000 - p), 0)) })
      }
      for (const b of bills.filter((x) => !x.gone)) expect((await place.get('bill', b.id)).forWhom).toBe(b.order === null ? null : `${names[orders[b.order]!.customer]} order${b.order}`)
    }), { numRuns: 25 }))

    test('a roll-up that breaks a rule of its record refuses the change that caused it', async () => {
      const order = await place.create('order', { name: 'o', amount: '10' })
      const first = await place.create('bill', { order: order.id, amount: '6', status: 'paid' })
      const refused = await refusalOf(place.create('bill', { order: order.id, amount: '4.01', status: 'paid' }))
      expect({ status: refused.status, code: refused.code, params: refused.problems[0]!.params }).toMatchObject({ status: 422, code: 'ruleViolated', params: { rule: 'notTooMuch' } })
      expect((await refusalOf(place.patch('bill', first.id, { amount: '10.01' }))).code).toBe('ruleViolated')
      expect((await refusalOf(place.patch('order', order.id, { amount: '5' }))).code).toBe('ruleViolated')
      expect(await place.get('order', order.id)).toMatchObject({ paid: '6.00', bills: 1, rev: 1 })
      await place.create('bill', { order: order.id, amount: '4', status: 'paid' })
    })

    test('changes at the same time leave the right sum', async () => {
      const order = await place.create('order', { name: 'o', amount: '1000000' })
      const bills: Known[] = await Promise.all(Array.from({ length: 30 }, (_, i) => place.create('bill', { order: order.id, amount: String(i), status: 'paid' })))
      await Promise.all(bills.map((b, i) => (i % 3 === 0 ? place.patch('bill', b.id, { status: 'void' }) : i % 3 === 1 ? place.patch('bill', b.id, { amount: '100' }) : Promise.resolve(b))))
      expect(await place.get('order', order.id)).toMatchObject({ bills: 30, paid: '1155.00' })
    })

    test('sums are exact where floats are not', async () => {
      const order = await place.create('order', { name: 'o', amount: '90071992547409.91' })
      for (const amount of ['90071992547409.90', '0.01']) await place.create('bill', { order: order.id, amount, status: 'paid' })
      expect(await place.get('order', order.id)).toMatchObject({ paid: '90071992547409.91', left: '0.00' })
    })

    test('the checker finds nothing', async () => expect(await verifyDerived(await engine())).toEqual([]))

    test('the checker finds what was tampered with', async () => {
      const order = await place.create('order', { name: 'tampered' })
      const table = (await place.model()).tables.get('order')!
      await place.services.store.transaction((tx) => tx.update(table.collection, order.id, undefined, { bills: 7, left: 1 }, { keepRev: true }))
      expect((await verifyDerived(await engine())).map((d) => `${d.entity} ${d.id === order.id} ${d.field}`)).toEqual(['order true bills', 'order true left'])
    })
  })
}
