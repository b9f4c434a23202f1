/** Projects planned along their courses: when each starts, with whom, for how much. */
import type { Calendar, HalfDay } from './calendar'
import type { Fate } from './contracts'
import { courses, stages, type Course, type End, type Mode } from './courses'
import type { Customer } from './customers'
import { reps, type Rep } from './people'
import { needs, products, titled, type Need, type Product } from './products'
import type { Random } from './random'

/** The stage that needs an approved quote. */
const quoteStage: Record<Mode, string> = { siSupply: 'negotiation', projectSales: 'negotiation', projectLifecycle: 'commercialConfirm' }

/** Days that a contract takes until it has come as far as its fate wants, at most. */
const paperwork: Partial<Record<Fate, number>> = { draft: 1, atManager: 1, rejected: 2, atBoth: 2, atFinance: 3, atBoss: 4, approved: 5 }

/** Days that a project needs until its story is told: its stages and the steps between them, its quote, its contract. */
function duration({ mode, reaches, end = 'open', fate }: Course, days: number[]): number {
  const path = Object.keys(stages[mode])
  const inStages = (end === 'open' ? days.slice(0, -1) : days).reduce((sum, d) => sum + d, 0)
  return inStages + days.length + 1 + (path.indexOf(reaches) >= path.indexOf(quoteStage[mode]) ? 4 : 0) + (fate ? (paperwork[fate] ?? 7) : 0)
}

/** How many projects each representative has: 陈晓雯 is the busiest. */
const loads: Record<Rep, number> = { chen: 34, wu: 24, xu: 22, liang: 20, he: 18 }

export interface Deal extends Omit<Course, 'count' | 'by' | 'end'> {
  end: End
  rep: Rep
  customer: Customer
  institute: Customer
  need: Need
  product: Product
  name: string
  amount: number
  importance: 'key' | 'normal' | 'low'
  start: HalfDay
  /** Working days in each stage it passes. */
  days: number[]
  random: Random
}

export function planDeals(random: Random, customers: Customer[], calendar: Calendar): Deal[] {
  const planned = courses.flatMap((course) => Array.from({ length: course.count }, () => course))
  const free = representatives(planned, random.fork('reps'))
  const deals = planned.map((course, i) => planDeal(course, course.by ?? free.shift()!, random.fork(i), customers, calendar))
  return named(deals.sort((a, b) => a.start - b.start))
}

/** Who takes the courses that are nobody's. */
function representatives(planned: Course[], random: Random): Rep[] {
  const left = reps.flatMap((rep) => Array.from({ length: loads[rep] - planned.filter((c) => c.by === rep).length }, () => rep))
  return random.shuffle(left)
}

function planDeal(course: Course, rep: Rep, random: Random, customers: Customer[], calendar: Calendar): Deal {
  const { mode, end = 'open' } = course
  const path = Object.entries(stages[mode])
  const days = path.slice(0, path.findIndex(([stage]) => stage === course.reaches) + 1).map(([, [min, max]]) => random.int(min, max))
  const start = startOf(course, days, random, calendar)
  const customer = chooseCustomer(customers, rep, mode, start, random)
  const institute = random.pick(customers.filter((c) => c.rep === rep && c.type === 'designInstitute'))
  const need = random.pick(needs[customer.industry] ?? needs.motors!)
  const amount = amountFor(course.fate, random)
  return {
    ...course, end, rep, customer, institute, need, amount, start, days, random,
    product: products.find((p) => p.code === need.products[0])!, name: titled(customer.shortName, need.name),
    importance: amount > 450_000 ? 'key' : amount < 60_000 ? 'low' : 'normal',
  }
}

/** So early that everything is over by yesterday; what waits for an approval was submitted a few days ago. */
function startOf(course: Course, days: number[], random: Random, calendar: Calendar): HalfDay {
  const { end = 'open', fate } = course
  const needed = duration(course, days)
  const latest = -calendar.first / 2 - 12 - needed
  const settled = fate === 'completed' ? Math.min(75, latest) : 0
  const rest = fate !== undefined && fate in paperwork ? random.int(0, 2) : fate === 'signed' ? random.int(0, 8)
    : fate === undefined && end === 'open' ? random.int(0, random.chance(0.15) ? 55 : 16) : settled + Math.floor(random.next() ** 1.4 * (latest - settled))
  return -2 * (needed + Math.min(rest, latest))
}

function chooseCustomer(customers: Customer[], rep: Rep, mode: Mode, start: HalfDay, random: Random): Customer {
  const known = customers.filter((c) => c.rep === rep && c.type !== 'designInstitute' && c.since < start)
  const integrators = known.filter((c) => c.type === 'siCustomer')
  return random.pick(mode === 'siSupply' && integrators.length > 0 && random.chance(0.4) ? integrators : known)
}

/** Yuan with tax. The approval of a contract depends on it: below 100,000, up to 500,000, above. */
function amountFor(fate: Fate | undefined, random: Random): number {
  if (fate === 'atBoss') return random.int(620, 1500) * 1000
  if (fate === 'atBoth' || fate === 'atFinance') return random.int(160, 440) * 1000
  return Math.round(32 * 40 ** random.next()) * 1000
}

const phases = ['', '（二期）', '（三期）', '（四期）', '（五期）', '（六期）']

/** The same need of the same customer comes back as a second phase. */
function named(deals: Deal[]): Deal[] {
  const seen = new Map<string, number>()
  return deals.map((deal) => {
    const nth = seen.get(deal.name) ?? 0
    seen.set(deal.name, nth + 1)
    return { ...deal, name: deal.name + phases[nth]! }
  })
}
