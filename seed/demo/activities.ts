/** What representatives write down after they spoke with a customer. */
import type { Calendar } from './calendar'
import type { Company } from './company'
import type { Customer } from './customers'
import type { Deal } from './deals'
import type { Random } from './random'

export type Topic = 'first' | 'need' | 'solution' | 'sample' | 'tender' | 'price' | 'delivery' | 'service' | 'lost' | 'paused'
type Kind = 'visit' | 'call' | 'meeting' | 'wechat' | 'mail'
type Note = [kind: Kind, subject: string, content: string]

const notes: Record<Topic, Note[]> = {
  first: [
    ['visit', '首次拜访', '与{contact}见面，了解产线和现有供应商情况。对方每月用量稳定，对交期和一致性不满意，愿意给我们试样机会。'],
    ['call', '电话了解需求', '{contact}介绍了项目背景，{product}为主要需求，希望两周内提供资料和参考价格。'],
    ['visit', '拜访并参观车间', '参观装配线，现用磁钢退磁率偏高。{contact}希望我们推荐牌号，并做一次退磁分析。'],
  ],
  need: [
    ['meeting', '需求澄清会', '双方技术对接：工作温度 150 ℃，磁通一致性 ±3 %。{contact}确认年用量及爬坡节奏。'],
    ['wechat', '补充图纸', '{contact}发来最新图纸，公差收紧到 ±0.03 mm，已转工艺评估。'],
    ['visit', '现场测量', '到现场测绘安装尺寸，确认磁极排布和固定方式，会后整理了问题清单。'],
  ],
  solution: [
    ['meeting', '方案评审', '向{contact}汇报磁路方案与仿真结果，对方认可气隙磁密，要求补充高温老化数据。'],
    ['mail', '提交方案资料', '发送方案书、材料牌号对比和可靠性报告，请{contact}内部评审后反馈。'],
    ['call', '跟进方案意见', '{contact}反馈研发同意方案，品质部要求提供 PPAP 三级资料。'],
  ],
  sample: [
    ['visit', '送样', '送样 50 件，随附尺寸与磁性能检测报告。{contact}安排两周装机测试。'],
    ['call', '样品测试结果', '样品温升与转矩达标，{contact}提出外观倒角改进意见，已反馈生产。'],
  ],
  tender: [
    ['meeting', '标前交流', '与{contact}及设计院沟通技术规格书，我司参数已写入推荐范围。'],
    ['mail', '递交投标文件', '已按要求递交商务标与技术标，保证金已缴纳。'],
    ['visit', '开标现场', '共四家投标，我司报价居中，技术分第一，等待评标结果。'],
  ],
  price: [
    ['meeting', '商务谈判', '{contact}希望再降 3 %，付款改为月结 60 天。我方提出稀土价格联动条款。'],
    ['call', '沟通报价', '就报价明细与{contact}逐项核对，对方认可主材价格，运费由我方承担。'],
    ['wechat', '确认条款', '付款方式与交期基本谈定，{contact}走内部流程，预计本周有结果。'],
  ],
  delivery: [
    ['call', '跟进到货', '首批已到货，来料检验合格，{contact}要求后续批次提前三天通知。'],
    ['visit', '催款拜访', '拜访{contact}与财务，核对发票与对账单，对方承诺按计划付款。'],
  ],
  service: [
    ['visit', '质量回访', '运行稳定，无退磁投诉。{contact}提到明年有新机型计划。'],
    ['call', '售后沟通', '客户咨询备件价格和最小起订量，已回复。'],
  ],
  lost: [['call', '确认结果', '{contact}通知最终未选我司，已了解原因并约定保持联系。']],
  paused: [['call', '项目进度沟通', '{contact}告知项目预算冻结，待下一年度重新立项。']],
}

/** Writes down a contact of a topic, half of the time with the next one planned. */
export async function talk({ as, calendar }: Company, deal: Deal, project: string, topic: Topic, { kind, last }: { kind?: Kind; last?: boolean } = {}): Promise<void> {
  const { random, customer } = deal
  const options = notes[topic].filter((note) => kind === undefined || note[0] === kind)
  const [chosen, subject, content] = random.pick(options)
  const contact = random.pick(customer.contacts)
  await as(deal.rep).action('project', project, 'logActivity', {
    subject, kind: chosen, at: calendar.now, contact: contact.id,
    content: content.replace('{contact}', contact.name).replace('{product}', deal.product.name),
    ...((last === true || random.chance(0.3)) && { nextAt: inDays(calendar, random.int(3, last ? 21 : 14)) }),
  })
}

/** A call without a project, weeks later: the customer is kept warm. */
export async function keepWarm({ as, calendar }: Company, customer: Customer, random: Random): Promise<void> {
  const wait = random.int(15, 120)
  if (!calendar.leaves(wait + 1)) return
  await calendar.later(wait)
  const contact = random.pick(customer.contacts)
  const [kind, subject, content] = random.pick([...notes.first, ...notes.service])
  await as(customer.rep).create('activity', { subject, kind, at: calendar.now, customer: customer.id, contact: contact.id, content: content.replace('{contact}', contact.name).replace('{product}', '磁钢') })
}

const inDays = (calendar: Calendar, days: number) => new Date(Date.parse(calendar.now) + days * 86_400_000).toISOString()
