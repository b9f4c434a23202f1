/** The 118 projects that representatives open (two more grow out of them): how far each comes, how it ends, when, with whom, how large. */
import type { Calendar, HalfDay } from './calendar'
import type { Fate } from './contracts'
import type { Customer } from './customers'
import { reps, type Rep } from './people'
import { needs, products, titled, type Need, type Product } from './products'
import type { Random } from './random'

export type Mode = 'siSupply' | 'projectSales' | 'projectLifecycle'
export type End = 'open' | 'won' | 'lost' | 'paused'

/** A way that some projects go: up to a stage, then on with it, won, lost or paused. */
interface Course {
  mode: Mode
  reaches: string
  end?: End
  /** What becomes of its contract; without one there is none yet. */
  fate?: Fate
  /** The contract is made only by winning. */
  late?: boolean
  /** A new project grows out of it. */
  extended?: boolean
  by?: Rep
  count: number
}

const courses: Course[] = [
  { mode: 'siSupply', reaches: 'projectInfo', count: 7 },
  { mode: 'siSupply', reaches: 'presalesSolution', count: 6 },
  { mode: 'siSupply', reaches: 'solutionSubmitted', count: 5 },
  { mode: 'siSupply', reaches: 'solutionConfirmed', count: 5 },
  { mode: 'siSupply', reaches: 'negotiation', count: 2 },
  { mode: 'siSupply', reaches: 'negotiation', fate: 'draft', by: 'chen', count: 1 },
  { mode: 'siSupply', reaches: 'negotiation', fate: 'atManager', by: 'chen', count: 1 },
  { mode: 'siSupply', reaches: 'negotiation', fate: 'atManager', by: 'xu', count: 1 },
  { mode: 'siSupply', reaches: 'negotiation', fate: 'atBoth', by: 'wu', count: 1 },
  { mode: 'siSupply', reaches: 'contractSigned', fate: 'signed', count: 1 },
  { mode: 'siSupply', reaches: 'contractSigned', fate: 'executing', count: 2 },
  { mode: 'siSupply', reaches: 'contractSigned', end: 'won', fate: 'executing', count: 6 },
  { mode: 'siSupply', reaches: 'contractSigned', end: 'won', fate: 'completed', count: 3 },
  { mode: 'siSupply', reaches: 'projectInfo', end: 'lost', count: 1 },
  { mode: 'siSupply', reaches: 'presalesSolution', end: 'lost', count: 2 },
  { mode: 'siSupply', reaches: 'solutionSubmitted', end: 'lost', count: 1 },
  { mode: 'siSupply', reaches: 'solutionConfirmed', end: 'lost', count: 1 },
  { mode: 'siSupply', reaches: 'negotiation', end: 'lost', count: 2 },
  { mode: 'siSupply', reaches: 'presalesSolution', end: 'paused', count: 1 },
  { mode: 'siSupply', reaches: 'solutionConfirmed', end: 'paused', count: 1 },

  { mode: 'projectSales', reaches: 'feasibility', count: 5 },
  { mode: 'projectSales', reaches: 'engineeringDesign', count: 5 },
  { mode: 'projectSales', reaches: 'productSelection', count: 5 },
  { mode: 'projectSales', reaches: 'tendering', count: 4 },
  { mode: 'projectSales', reaches: 'negotiation', count: 2 },
  { mode: 'projectSales', reaches: 'negotiation', fate: 'atManager', by: 'chen', count: 1 },
  { mode: 'projectSales', reaches: 'negotiation', fate: 'atBoss', by: 'he', count: 1 },
  { mode: 'projectSales', reaches: 'negotiation', fate: 'rejected', by: 'chen', count: 1 },
  { mode: 'projectSales', reaches: 'contractSigned', fate: 'signed', count: 1 },
  { mode: 'projectSales', reaches: 'contractSigned', fate: 'executing', count: 2 },
  { mode: 'projectSales', reaches: 'contractSigned', end: 'won', fate: 'executing', count: 4 },
  { mode: 'projectSales', reaches: 'contractSigned', end: 'won', fate: 'draft', late: true, by: 'chen', count: 1 },
  { mode: 'projectSales', reaches: 'contractSigned', end: 'won', fate: 'atManager', late: true, by: 'wu', count: 1 },
  { mode: 'projectSales', reaches: 'engineeringDesign', end: 'lost', count: 1 },
  { mode: 'projectSales', reaches: 'productSelection', end: 'lost', count: 1 },
  { mode: 'projectSales', reaches: 'tendering', end: 'lost', count: 2 },
  { mode: 'projectSales', reaches: 'negotiation', end: 'lost', count: 1 },
  { mode: 'projectSales', reaches: 'feasibility', end: 'paused', count: 1 },
  { mode: 'projectSales', reaches: 'productSelection', end: 'paused', count: 1 },

  { mode: 'projectLifecycle', reaches: 'initiation', count: 1 },
  { mode: 'projectLifecycle', reaches: 'followUp', count: 3 },
  { mode: 'projectLifecycle', reaches: 'technicalConfirm', count: 3 },
  { mode: 'projectLifecycle', reaches: 'commercialConfirm', count: 3 },
  { mode: 'projectLifecycle', reaches: 'contractSigning', fate: 'atManager', by: 'liang', count: 1 },
  { mode: 'projectLifecycle', reaches: 'contractSigning', fate: 'atFinance', by: 'chen', count: 1 },
  { mode: 'projectLifecycle', reaches: 'contractSigning', fate: 'approved', count: 1 },
  { mode: 'projectLifecycle', reaches: 'supplyAndCollection', fate: 'executing', count: 4 },
  { mode: 'projectLifecycle', reaches: 'afterSales', fate: 'executing', count: 2 },
  { mode: 'projectLifecycle', reaches: 'revisit', fate: 'executing', count: 1 },
  { mode: 'projectLifecycle', reaches: 'revisit', fate: 'completed', count: 1 },
  { mode: 'projectLifecycle', reaches: 'expansion', fate: 'completed', extended: true, by: 'chen', count: 1 },
  { mode: 'projectLifecycle', reaches: 'expansion', fate: 'executing', count: 1 },
  { mode: 'projectLifecycle', reaches: 'expansion', end: 'won', fate: 'completed', extended: true, count: 1 },
  { mode: 'projectLifecycle', reaches: 'expansion', end: 'won', fate: 'completed', count: 1 },
  { mode: 'projectLifecycle', reaches: 'followUp', end: 'lost', count: 1 },
  { mode: 'projectLifecycle', reaches: 'commercialConfirm', end: 'lost', count: 1 },
  { mode: 'projectLifecycle', reaches: 'technicalConfirm', end: 'paused', count: 1 },
]

/** Open stages in order, with the working days that projects stay there: shortest, longest. */
export const stages: Record<Mode, Record<string, [min: number, max: number]>> = {
  siSupply: { projectInfo: [4, 16], presalesSolution: [8, 20], solutionSubmitted: [5, 16], solutionConfirmed: [5, 14], negotiation: [5, 14], contractSigned: [3, 12] },
  projectSales: { feasibility: [8, 26], engineeringDesign: [14, 34], productSelection: [10, 26], tendering: [12, 24], negotiation: [5, 14], contractSigned: [3, 12] },
  projectLifecycle: {
    initiation: [3, 8], followUp: [8, 18], technicalConfirm: [8, 18], commercialConfirm: [5, 12], contractSigning: [3, 8],
    supplyAndCollection: [28, 50], afterSales: [18, 32], revisit: [14, 26], expansion: [5, 12],
  },
}

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
