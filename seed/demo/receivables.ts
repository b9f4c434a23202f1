/** Finance collects: plan rows as they fall due, by each customer's habits; shipments set due dates; what was not paid stays overdue. */
import { addDays } from './calendar'
import type { Company } from './company'
import type { Paper } from './contracts'
import type { Random } from './random'
import { recordsOf } from './records-of'

/** prompt: in time. slow: weeks late. bad: the first row, then half or nothing. */
export type Payer = 'prompt' | 'slow' | 'bad'

type PlanRow = { id: string; seq: number; basis: string; dueOn: string; amount: string; offsetDays: number }

/** Makes the plan and collects what is paid by now; whether nothing is left. */
export async function collectAll(company: Company, paper: Paper, payer: Payer): Promise<boolean> {
  const { as, calendar } = company
  const { status, planCount, paymentMode, outstanding } = await as('tang').get('contract', paper.id)
  if (status !== 'executing') return false
  if (paymentMode === 'oneOff') return settle(company, paper, Number(outstanding))
  if (planCount === 0) await as('tang').action('contract', paper.id, 'generatePlans')
  const rows = await recordsOf<PlanRow>(as('tang'), 'receivablePlan', 'contract', paper.id, 'dueOn')
  let isPaid = true
  for (const [nth, row] of rows.entries()) {
    const random = paper.random.fork(`row ${row.seq}`)
    const due = row.basis === 'shipment' ? await ship(company, paper, row, random) : row.dueOn
    isPaid = due !== undefined && (await collectRow(company, row, due, random, habit(payer, nth, random))) && isPaid
    if (!calendar.leaves(1)) return false
  }
  return isPaid
}

/** The goods leave about when planned; the money is due after that. */
async function ship({ as, calendar }: Company, { customer }: Paper, { id, dueOn, offsetDays }: PlanRow, random: Random): Promise<string | undefined> {
  const morning = calendar.morningOf(addDays(dueOn, random.int(-3, 5) - offsetDays))
  if (morning === undefined) return undefined
  await calendar.until(morning)
  await as(customer.rep).action('receivablePlan', id, 'ship', { shippedOn: calendar.date })
  return addDays(calendar.date, offsetDays)
}

interface Habit { delay: number; parts: number[] }

function habit(payer: Payer, nth: number, random: Random): Habit {
  if (payer === 'prompt') return { delay: random.int(-2, 4), parts: [1] }
  if (payer === 'slow') return random.chance(0.3) ? { delay: random.int(4, 15), parts: [0.5, 0.5] } : { delay: random.int(8, 40), parts: [1] }
  return nth === 0 ? { delay: random.int(3, 12), parts: [1] } : { delay: random.int(10, 30), parts: random.chance(0.5) ? [random.int(3, 6) / 10] : [] }
}

/** Whether the row is paid in full. */
async function collectRow(company: Company, row: PlanRow, due: string, random: Random, { delay, parts }: Habit): Promise<boolean> {
  const { calendar } = company
  let left = cents(row.amount)
  for (const [i, part] of parts.entries()) {
    const morning = calendar.morningOf(addDays(due, delay + i * 25))
    if (morning === undefined) return false
    await calendar.until(morning)
    const amount = i === parts.length - 1 && whole(parts) ? left : Math.round(cents(row.amount) * part)
    await book(company, row, amount, random.fork(i))
    left -= amount
  }
  return left === 0
}

const whole = (parts: number[]) => parts.reduce((sum, p) => sum + p, 0) === 1
const cents = (amount: string) => Math.round(Number(amount) * 100)
const yuan = (amount: number) => (amount / 100).toFixed(2)

/** Now and then the wrong transfer is booked, voided, and booked again. */
async function book({ as, calendar }: Company, row: PlanRow, amount: number, random: Random) {
  const finance = as('tang')
  const transfer = { receivedOn: calendar.date, method: random.chance(0.25) ? 'draft' : 'bank', bankRef: `${calendar.date.replaceAll('-', '')}${random.digits(8)}` }
  if (random.chance(0.05) && calendar.leaves(1)) {
    const { created } = await finance.action('receivablePlan', row.id, 'collect', { ...transfer, amount: yuan(Math.round(amount / 10)) })
    await calendar.later(0.5)
    await finance.action('receipt', created[0]!.id, 'void', { voidReason: '金额录入错误，作废重录。' })
  }
  await finance.action('receivablePlan', row.id, 'collect', { ...transfer, amount: yuan(amount) })
}

/** A contract without a plan: one or two transfers. */
async function settle({ as, calendar }: Company, { id, random }: Paper, outstanding: number): Promise<boolean> {
  const total = Math.round(outstanding * 100)
  const firstPart = random.chance(0.3) ? Math.round(total * 0.4) : total
  for (const amount of [firstPart, total - firstPart].filter((a) => a > 0)) {
    const wait = random.int(8, 25)
    if (!calendar.leaves(wait + 1)) return false
    await calendar.later(wait)
    await as('tang').create('receipt', { contract: id, receivedOn: calendar.date, amount: yuan(amount), method: 'bank', bankRef: `${calendar.date.replaceAll('-', '')}${random.digits(8)}` })
  }
  return true
}

/** Money without a contract: advances, and a transfer nobody has claimed yet. */
export async function bookAdvances({ as, calendar, customers, random: chance }: Company): Promise<void> {
  const random = chance.fork('advances')
  await calendar.until(-60)
  for (const [i, customer] of random.sample(customers.filter((c) => c.type === 'endUser' && c.since < -80), 3).entries()) {
    await calendar.later(random.int(3, 8))
    await as('tang').create('receipt', {
      customer: customer.id, receivedOn: calendar.date, amount: yuan(random.int(10, 60) * 100_000), method: 'bank', bankRef: `${calendar.date.replaceAll('-', '')}${random.digits(8)}`,
      remark: '客户预付，待签合同后冲抵。', status: i < 2 ? 'confirmed' : 'draft',
    })
  }
}
