/** The course of one project: opened, taken from stage to stage by what each demands, won, lost or paused. */
import { talk, type Topic } from './activities'
import { addDays } from './calendar'
import type { Company } from './company'
import { seeThrough, type Fate } from './contracts'
import { stages } from './courses'
import type { Deal } from './deals'
import { managerOf } from './people'
import { titled } from './products'
import { draftQuote, sendQuote } from './quotes'
import { recordsOf } from './records-of'
import type { WireRecord } from '../../runtime/engine'

/** A deal under way. */
interface Case { company: Company; deal: Deal; project: string; quote?: string; contract?: string }

export async function sell(company: Company, deal: Deal): Promise<void> {
  const { calendar } = company
  await calendar.until(deal.start)
  const matter: Case = { company, deal, project: await open(company, deal) }
  const path = Object.keys(stages[deal.mode])
  for (const [i, days] of deal.days.entries()) {
    if (i > 0) await enter(matter, path[i]!)
    if (deal.end === 'open' && i === deal.days.length - 1) await arrive(matter, path[i]!)
    else await work(matter, path[i]!, days)
  }
  await closing[deal.end](matter)
}

async function open({ as, calendar, productIds, staff }: Company, { rep, customer, institute, mode, name, amount, importance, need, product, random, days }: Deal): Promise<string> {
  const isLarge = importance === 'key'
  const { id } = await as(rep).create('project', {
    name, importance, type: need.type, salesMode: mode, primaryCustomer: customer.id, product: productIds.get(product.code), ...(customer.site && { site: customer.site }),
    ...(mode === 'projectSales' && { customers: [customer.id, institute.id] }),
    estimatedAmount: amount.toFixed(2), expectedCloseOn: addDays(calendar.date, Math.round(days.reduce((sum, d) => sum + d, 0) * random.int(12, 20) / 10) + 40),
    description: `<p>${titled(customer.shortName, need.name)}</p><ul><li><p>主要产品：<strong>${product.name}</strong>（${product.spec}）</p></li><li><p>预计年采购额：${(amount / 10_000).toFixed(1)} 万元</p></li></ul>`,
    ...(isLarge && { team: [{ user: staff[rep], role: 'sales', from: calendar.date }, { user: staff[managerOf[rep]], role: 'sales' }], decisionMap: decisionMap(customer.contacts) }),
    ...(random.chance(0.35) && { competitors: [{ name: random.pick(['宁港永磁', '科宏磁业', '东瀚磁材', '金岭电子']), note: random.pick(['价格低 5%，交期长', '有批量业绩，服务慢', '客户现有供应商']) }] }),
  })
  return id!
}

function decisionMap(contacts: Deal['customer']['contacts']) {
  const [buyer, ...others] = contacts
  const top = others.at(-1)
  return contacts.map(({ id }) => ({
    contact: id, role: id === top?.id ? 'decider' : id === buyer!.id ? 'influencer' : 'technical',
    attitude: id === buyer!.id ? 'supportive' : 'neutral', ...(top && id !== top.id && { reportsTo: top.id }),
  }))
}

/** What is talked about in a stage. */
const topics: Record<string, Topic[]> = {
  projectInfo: ['first', 'need'], presalesSolution: ['need', 'solution'], solutionSubmitted: ['solution', 'sample'], solutionConfirmed: ['sample', 'price'], negotiation: ['price'], contractSigned: ['delivery'],
  feasibility: ['first', 'need'], engineeringDesign: ['need', 'solution'], productSelection: ['sample', 'solution'], tendering: ['tender'],
  initiation: ['first'], followUp: ['need', 'solution'], technicalConfirm: ['sample', 'solution'], commercialConfirm: ['price'], contractSigning: ['price'],
  supplyAndCollection: ['delivery'], afterSales: ['service'], revisit: ['service'], expansion: ['need'],
}

/** The days in a stage: a talk or two somewhere in between. */
async function work({ company, deal, project }: Case, stage: string, days: number): Promise<void> {
  const { calendar } = company
  const { random } = deal
  const [topic, another] = topics[stage]!
  const before = Math.floor(days * 0.4)
  await calendar.later(before)
  if (stage === 'initiation' || random.chance(0.8)) await talk(company, deal, project, topic!, { kind: stage === 'initiation' ? 'visit' : undefined })
  await calendar.later((days - before) / 2)
  if (another && random.chance(0.3)) await talk(company, deal, project, another)
  await calendar.later((days - before) / 2)
}

/** Just arrived in a stage. */
async function arrive({ company, deal, project }: Case, stage: string): Promise<void> {
  await company.calendar.later(0.5)
  await talk(company, deal, project, topics[stage]![0]!, { kind: stage === 'initiation' ? 'visit' : undefined, last: true })
}

/** Does what the next stage demands, then moves there. */
async function enter(matter: Case, stage: string): Promise<void> {
  const { company: { calendar, as }, deal, project } = matter
  const prepared = await preparations[deal.mode]?.[stage]?.(matter)
  await calendar.later(0.5)
  for (const item of tickedOff[deal.mode]?.[stage] ?? []) await as(deal.rep).check('project', project, item)
  const { stage: reached } = await as(deal.rep).stage('project', project, stage, { fields: prepared ?? undefined })
  if (reached !== stage) await passGate(matter)
}

/** Large bids are looked at by the manager first. */
async function passGate({ company: { calendar, as }, deal, project }: Case): Promise<void> {
  await calendar.later(0.5)
  const manager = as(managerOf[deal.rep])
  const task = (await manager.tasks()).find(({ record }) => record === project)!
  await manager.decide(task.id, 'approve', deal.random.pick(['同意投标，注意保证金到期日。', '同意，报价底线按评审意见执行。']))
}

/** What of a stage's checklist is done when a project moves on to the next. */
const tickedOff: Partial<Record<Deal['mode'], Record<string, string[]>>> = {
  siSupply: { presalesSolution: ['deciders', 'budget'], solutionSubmitted: ['survey'], contractSigned: ['credit', 'delivery'] },
  projectSales: { engineeringDesign: ['parties'], tendering: ['sample'], negotiation: ['bought', 'reviewed'] },
  projectLifecycle: { technicalConfirm: ['need'] },
}

type Preparation = (matter: Case) => Promise<WireRecord | void>

const preparations: Partial<Record<Deal['mode'], Record<string, Preparation>>> = {
  siSupply: {
    solutionSubmitted: async ({ deal }) => ({ solutionNote: `采用${deal.product.name}（${deal.product.spec}），附磁路仿真报告与检测标准。方案书见共享盘 /方案/${deal.customer.shortName}。` }),
    solutionConfirmed: async ({ company }) => ({ confirmedOn: company.calendar.date }),
    negotiation: makeQuote,
    contractSigned: (matter) => makeContract(matter),
  },
  projectSales: {
    engineeringDesign: async ({ deal }) => ({ designInstitute: deal.institute.id }),
    tendering: async ({ company, deal }) => ({ bidOn: addDays(company.calendar.date, deal.random.int(8, 20)), bidBond: (deal.amount > 300_000 ? 20_000 : 0).toFixed(2) }),
    negotiation: makeQuote,
    contractSigned: async (matter) => { if (!matter.deal.late) await makeContract(matter) },
  },
  projectLifecycle: {
    technicalConfirm: async () => ({ techChecked: true, qualityChecked: true, supplyChecked: true }),
    commercialConfirm: async (matter) => { await makeQuote(matter); return { deliveryOn: addDays(matter.company.calendar.date, matter.deal.random.int(30, 75)) } },
    contractSigning: async ({ quote }) => ({ quote }),
    supplyAndCollection: finishContract,
    expansion: expand,
  },
}

async function makeQuote(matter: Case): Promise<void> {
  const { company, deal: { customer, need, amount, random }, project } = matter
  matter.quote = await sendQuote(company, { customer, need, amount, random, project })
}

/** From the quote, up to the fate of the contract. */
async function makeContract(matter: Case, fate: Fate = matter.deal.fate!): Promise<void> {
  const { company, deal: { rep, customer, random }, quote } = matter
  const { created } = await company.as(rep).action('quote', quote!, 'toContract')
  matter.contract = created[0]!.id
  await seeThrough(company, { id: matter.contract, customer, fate, random })
}

/** The contract that the project made by itself. */
async function finishContract({ company, deal: { rep, customer, fate, random }, project }: Case): Promise<void> {
  const [contract] = await recordsOf(company.as(rep), 'contract', 'project', project)
  await seeThrough(company, { id: contract!.id!, customer, fate: fate!, random })
}

/** A new project out of this one, or the reason why not. */
async function expand({ company: { as }, deal, project }: Case): Promise<WireRecord | void> {
  if (!deal.extended) return { expansionNote: '客户暂无新机型计划，半年后再回访。' }
  await as(deal.rep).action('project', project, 'extend', { name: `${deal.name}·拓展`, estimatedAmount: (deal.amount * 1.2).toFixed(2) })
}

const losses: [reason: string, note: string][] = [
  ['price', '竞争对手报价低 8%，客户最终选择低价。'], ['price', '目标价低于成本，放弃。'], ['product', '高温退磁测试未达标。'], ['relationship', '客户与原供应商续签框架协议。'],
  ['delivery', '客户要求两周交货，产能排不开。'], ['noBudget', '客户本年度预算取消。'], ['cancelled', '整机项目下马。'], ['noDecision', '反复评审半年未决，先行关闭。'],
]

const closing: Record<Deal['end'], (matter: Case) => Promise<void>> = {
  open: async (matter) => {
    const { deal, company } = matter
    if (deal.reaches === 'negotiation' && deal.fate) await makeContract(matter)
    if (deal.reaches === 'contractSigning') await finishContract(matter)
    if (['solutionConfirmed', 'tendering', 'technicalConfirm'].includes(deal.reaches) && deal.random.chance(0.6)) await draftQuote(company, { ...deal, project: matter.project })
  },
  won: async (matter) => {
    const { company: { as, calendar }, deal, project, quote } = matter
    await calendar.later(0.5)
    await as(deal.rep).action('project', project, 'win', { quote })
    if (deal.late) await finishContract(matter)
  },
  lost: async ({ company, deal, project, quote }) => {
    const [lostReason, lostNote] = deal.random.pick(losses)
    await talk(company, deal, project, 'lost')
    await company.calendar.later(0.5)
    const rep = company.as(deal.rep)
    if (quote !== undefined && (await rep.get('quote', quote)).status === 'sent') await rep.action('quote', quote, 'decline')
    await rep.action('project', project, 'lose', { lostReason, lostNote })
  },
  paused: async ({ company, deal, project }) => {
    await talk(company, deal, project, 'paused')
    await company.calendar.later(0.5)
    await company.as(deal.rep).action('project', project, 'pause', { reason: '客户预算冻结，预计下季度恢复。' })
  },
}
