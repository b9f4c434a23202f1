/** Quotes: lines that come to the amount in mind, approved by the manager, sent, sometimes revised after haggling. */
import type { Company } from './company'
import type { Customer } from './customers'
import { managerOf } from './people'
import { products, type Need, type Product } from './products'
import type { Random } from './random'

export interface Wish {
  customer: Customer
  need: Need
  /** Yuan with tax, roughly. */
  amount: number
  random: Random
  project?: string
  name?: string
}

interface Line { product: string; qty: string; price: string }

/** A quote that is ready to be accepted. Takes two and a half days, four when it is revised. */
export async function sendQuote(company: Company, wish: Wish): Promise<string> {
  const { calendar, as } = company
  let quote = await draftQuote(company, wish)
  await approveAndSend(company, wish, quote)
  if (wish.random.chance(0.25)) {
    await calendar.later(1)
    quote = await reviseQuote(company, wish, quote)
    await approveAndSend(company, wish, quote)
  }
  if (wish.random.chance(0.5)) { await calendar.later(0.5); await as(wish.customer.rep).action('quote', quote, 'accept') }
  return quote
}

export async function draftQuote({ as, productIds }: Company, { customer, need, amount, random, project, name }: Wish): Promise<string> {
  const { id } = await as(customer.rep).create('quote', {
    ...(project === undefined ? { customer: customer.id, name } : { project }),
    contact: random.pick(customer.contacts).id, lines: linesFor(need, amount, random, productIds), remark: '含 13% 增值税；稀土原料价格波动超过 5% 时双方另行协商。',
  })
  return id!
}

async function approveAndSend({ as, calendar }: Company, { customer }: Wish, quote: string) {
  await calendar.later(0.5)
  await as(managerOf[customer.rep]).action('quote', quote, 'approve')
  await calendar.later(0.5)
  await as(customer.rep).action('quote', quote, 'send', { sentOn: calendar.date })
}

/** The next version, three percent cheaper. */
async function reviseQuote({ as }: Company, { customer }: Wish, quote: string): Promise<string> {
  const rep = as(customer.rep)
  const { created } = await rep.action('quote', quote, 'revise')
  const next = await rep.get('quote', created[0]!.id)
  const lines = (next.lines as { id: string; product: string; unit: string; qty: string; price: string }[]).map(({ id, product, unit, qty, price }) => ({ id, product, unit, qty, price: (Number(price) * 0.97).toFixed(4) }))
  await rep.update('quote', next.id!, { lines })
  return next.id!
}

function linesFor(need: Need, amount: number, random: Random, ids: Map<string, string>): Line[] {
  const chosen = need.products.map((code) => products.find((p) => p.code === code)!)
  const shares = chosen.length === 1 ? [1] : [0.7, 0.3]
  return chosen.map((product, i) => lineFor(product, (amount * shares[i]!) / 1.13, random, ids))
}

function lineFor({ code, listPrice, batch }: Product, amount: number, random: Random, ids: Map<string, string>): Line {
  const price = listPrice * (1 - random.int(0, 9) / 100)
  const qty = Math.max(1, Math.round(amount / price / batch)) * batch
  return { product: ids.get(code)!, qty: String(qty), price: price.toFixed(4) }
}
