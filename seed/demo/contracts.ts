/** Contracts: terms filled in, submitted, decided by those whom the amount calls for, signed, and then collected (receivables.ts). */
import { addDays } from './calendar'
import type { Company } from './company'
import { makeOfficial, type Customer } from './customers'
import { managerOf, type Username } from './people'
import type { Random } from './random'
import { collectAll, type Payer } from './receivables'

/** How far a contract comes. at…: its approval waits there. */
export type Fate = 'draft' | 'atManager' | 'rejected' | 'atBoth' | 'atFinance' | 'atBoss' | 'approved' | 'void' | 'signed' | 'executing' | 'terminated' | 'completed'

export interface Paper { id: string; customer: Customer; fate: Fate; random: Random }

/** Takes a draft as far as its fate wants: seven days at most until it is signed. */
export async function seeThrough(company: Company, paper: Paper): Promise<void> {
  const { calendar, as } = company
  const { id, customer, fate, random } = paper
  const rep = as(customer.rep)
  const manager = as(managerOf[customer.rep])
  await calendar.later(0.5)
  const payer = await fillIn(company, paper)
  if (fate === 'draft') return
  await calendar.later(0.5)
  if (fate === 'void') return void (await manager.action('contract', id, 'void', { reason: '客户订单取消，合同草稿作废。' }))
  await rep.submit('contract', id, 'contractApproval', random.pick(['请审批。', '客户催签，请尽快审批。', null, null]) ?? undefined)
  if (!(await approve(company, paper)) || fate === 'approved') return
  await calendar.later(random.int(1, 2))
  await rep.action('contract', id, 'sign', { signedOn: calendar.date })
  calendar.begin(() => makeOfficial(company, customer))
  if (fate === 'signed') return void (await rep.action('contract', id, 'generatePlans'))
  calendar.begin(() => execute(company, paper, payer))
}

/** The representative agrees on payment: by instalments, by delivery, or in one sum. */
async function fillIn({ as, calendar }: Company, { id, customer, fate, random }: Paper): Promise<Payer> {
  const rep = as(customer.rep)
  const { amount } = await rep.get('contract', id) as { amount: string }
  const terms = random.pick(fate === 'completed' ? quick : fate === 'signed' ? slow : [...quick, ...slow])
  const rounded = random.chance(0.3) ? Math.floor(Number(amount) / 100) * 100 : 0
  await rep.update('contract', id, {
    ...terms(calendar.date), remark: '技术协议作为合同附件；质保期自验收之日起 12 个月。',
    ...(rounded > 0 && { amount: rounded.toFixed(2) }),
  })
  return fate === 'completed' ? 'prompt' : random.pick(['prompt', 'slow', 'slow', 'bad', 'bad'] as const)
}

type Terms = (today: string) => { [field: string]: unknown }
const term = (name: string, percent: number, basis: string, offsetDays: number) => ({ name, percent: String(percent), basis, offsetDays })
const delivery = (batch: string, name: string, plannedOn: string, percent: number) => ({ batch, name, plannedOn, percent: String(percent) })

/** Paid within a quarter. */
const quick: Terms[] = [
  () => ({ paymentMode: 'instalment', paymentTerms: [term('预付款', 50, 'sign', 7), term('尾款', 50, 'invoice', 45)] }),
  (today) => ({ paymentMode: 'byDelivery', paymentTerms: [term('预付款', 30, 'sign', 7), term('货款', 70, 'ship', 15)], deliveries: [delivery('pilot', '小批量试装', addDays(today, 20), 20), delivery('volume', '批量交付', addDays(today, 50), 80)] }),
  () => ({ paymentMode: 'oneOff', paymentTerms: [] }),
]

/** With months to wait for the rest. */
const slow: Terms[] = [
  (today) => ({ paymentMode: 'instalment', endOn: addDays(today, 365), paymentTerms: [term('预付款', 30, 'sign', 10), term('到货款', 60, 'invoice', 60), term('质保金', 10, 'retention', 0)] }),
  () => ({ paymentMode: 'instalment', paymentTerms: [30, 90, 150, 210].map((days, i) => term(`第${'一二三四'[i]}期款`, 25, 'sign', days)) }),
  (today) => ({
    paymentMode: 'byDelivery', paymentTerms: [term('预付款', 20, 'sign', 10), term('货款', 70, 'ship', 30), term('质保金', 10, 'retention', 0)],
    deliveries: [delivery('sample', '首批样品', addDays(today, 15), 10), delivery('volume', '第一批', addDays(today, 45), 30), delivery('volume', '第二批', addDays(today, 90), 30), delivery('volume', '第三批', addDays(today, 135), 30)],
  }),
  (today) => ({ paymentMode: 'byDelivery', paymentTerms: [], deliveries: [delivery('volume', '一季度供货', addDays(today, 40), 50), delivery('volume', '二季度供货', addDays(today, 130), 50)] }),
]

/** The rounds of an approval by amount; false when it waits, or is rejected, somewhere. */
async function approve(company: Company, paper: Paper): Promise<boolean> {
  const { fate, customer, id } = paper
  const manager = managerOf[customer.rep]
  if (fate === 'atManager') return false
  await company.calendar.later(0.5)
  if (fate === 'rejected') { await decide(company, manager, id, 'reject', '付款条件过松，请与客户谈到预付 30% 后再提交。'); return false }
  await decide(company, manager, id, 'approve', consent(paper))
  const baseAmount = Number((await company.as(manager).get('contract', id)).baseAmount)
  if (baseAmount < 100_000) return true
  if (fate === 'atBoth') return false
  await company.calendar.later(1)
  await decide(company, 'shen', id, 'approve', consent(paper))
  if (fate === 'atFinance') return false
  await company.calendar.later(0.5)
  await decide(company, 'tang', id, 'approve', paper.random.pick(['客户信用正常，同意。', '回款条件可接受，同意。', '同意。']))
  if (baseAmount <= 500_000) return true
  if (fate === 'atBoss') return false
  await company.calendar.later(1)
  await decide(company, 'zhou', id, 'approve', '同意。')
  return true
}

const consent = ({ random }: Paper) => random.pick(['同意。', '价格与付款条件合理，同意。', '毛利达标，同意签订。', undefined])

async function decide({ as }: Company, who: Username, contract: string, decision: 'approve' | 'reject', comment: string | undefined) {
  const task = (await as(who).tasks()).find((t) => t.record === contract)
  if (!task) throw new Error(`${who} has no task for the contract`)
  await as(who).decide(task.id, decision, comment)
}

/** From signing on, beside whatever its project does. */
async function execute(company: Company, paper: Paper, payer: Payer): Promise<void> {
  const { calendar, as } = company
  const { id, customer, fate, random } = paper
  const days = random.int(1, 3)
  if (!calendar.leaves(days + 1)) return
  await calendar.later(days)
  await as(customer.rep).action('contract', id, 'execute')
  if (fate === 'terminated') {
    await calendar.later(12)
    return void (await as(managerOf[customer.rep]).action('contract', id, 'terminate', { reason: '客户机型停产，双方协商终止。' }))
  }
  const isPaid = await collectAll(company, paper, payer)
  if (fate === 'completed' && isPaid && calendar.leaves(2)) {
    await calendar.later(2)
    await as(customer.rep).action('contract', id, 'complete')
  }
}
