/** Orders of customers who are won already: a quote, a contract, no project. And exports, in dollars. */
import type { Company } from './company'
import { seeThrough, type Fate } from './contracts'
import type { Customer } from './customers'
import type { Rep } from './people'
import { needs, titled } from './products'
import { sendQuote } from './quotes'
import type { Random } from './random'

/** Working days ago, who, what becomes of it, and roughly how much it is worth. */
type Order = [daysAgo: number, rep: Rep, fate: Fate, amount: number]

const orders: Order[] = [
  [255, 'wu', 'completed', 88_000], [240, 'he', 'executing', 96_000], [215, 'chen', 'completed', 61_000], [196, 'xu', 'executing', 178_000], [178, 'liang', 'completed', 54_000],
  [160, 'chen', 'executing', 236_000], [141, 'wu', 'executing', 72_000], [118, 'xu', 'terminated', 83_000], [102, 'he', 'executing', 149_000], [84, 'liang', 'executing', 91_000],
  [63, 'chen', 'executing', 128_000], [47, 'wu', 'executing', 67_000], [33, 'chen', 'signed', 93_000], [26, 'xu', 'void', 45_000], [11, 'chen', 'approved', 58_000],
  [9, 'wu', 'atBoth', 312_000], [8, 'liang', 'atBoss', 735_000], [7, 'xu', 'atBoth', 186_000], [6, 'chen', 'atManager', 87_000], [6, 'liang', 'atManager', 146_000], [6, 'wu', 'atManager', 264_000], [6, 'he', 'draft', 39_000],
]

export function planOrders(company: Company): (() => Promise<void>)[] {
  return [...orders.map((order, i) => () => reorder(company, order, company.random.fork(`order ${i}`))), ...abroad.map((order, i) => () => exportOrder(company, order, company.random.fork(`export ${i}`)))]
}

async function reorder(company: Company, [daysAgo, rep, fate, amount]: Order, random: Random): Promise<void> {
  const { calendar, as } = company
  await calendar.until(-2 * daysAgo)
  const customer = random.pick(buyers(company, rep))
  const need = random.pick(needs[customer.industry] ?? needs.motors!)
  const quote = await sendQuote(company, { customer, need, amount, random, name: `${titled(customer.shortName, need.name)}追加订单` })
  const { created } = await as(rep).action('quote', quote, 'toContract')
  await seeThrough(company, { id: created[0]!.id, customer, fate, random })
}

/** Those who bought before, if there are any yet. */
function buyers({ customers, calendar }: Company, rep: Rep): Customer[] {
  const known = customers.filter((c) => c.rep === rep && c.type !== 'designInstitute' && c.region !== 'overseas' && c.id !== '' && c.since < calendar.first + 40)
  const official = known.filter((c) => c.official)
  return official.length > 0 ? official : known
}

const abroad: Order[] = [[205, 'liang', 'executing', 46_500], [72, 'liang', 'executing', 128_400]]

/** Dollars with tax, agreed by contract at once. */
async function exportOrder(company: Company, [daysAgo, rep, fate, amount]: Order, random: Random): Promise<void> {
  await company.calendar.until(-2 * daysAgo)
  const customer = company.customers.find((c) => c.region === 'overseas' && c.id !== '')!
  const { id } = await company.as(rep).create('contract', {
    name: `${customer.shortName} FY supply of servo motor magnets`, customer: customer.id, kind: 'product', currency: 'USD', exchangeRate: '7.15', amount: amount.toFixed(2),
    paymentMode: 'instalment', paymentTerms: [{ name: 'T/T in advance', percent: '30', basis: 'sign', offsetDays: 5 }, { name: 'T/T 60 days', percent: '70', basis: 'invoice', offsetDays: 60 }],
  })
  await seeThrough(company, { id: id!, customer, fate, random })
}
