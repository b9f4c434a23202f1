/** The records of the bench, the same on every run: a company that sells magnets, its customers, projects and contracts. */

export interface Sizes { contracts: number; projects: number; customers: number }
export const sizesFor = (contracts: number): Sizes => ({ contracts, projects: Math.ceil(contracts / 10), customers: Math.ceil(contracts / 50) })

/** Whom a record belongs to. */
export interface Owner { id: string; department: string }

export const signIn = { username: 'bench', password: 'bench-password' }
export const statuses = ['draft', 'inApproval', 'signed', 'executing', 'completed', 'void'] as const

const cities = ['宁波', '杭州', '深圳', '苏州', '成都', '天津', '青岛', '西安']
const trades = ['新能源科技', '电机制造', '精密机械', '汽车零部件', '轨道交通装备', '医疗器械', '智能装备', '家用电器']
export const goods = ['烧结钕铁硼磁钢', '高温钐钴磁体', '粘结磁环', '电机磁瓦', '磁性组件', '传感器磁体', '永磁铁氧体', '磁选设备磁系']
export const uses = ['年度框架采购合同', '试制订货合同', '批量供货合同', '技术服务合同', '补充协议']
const people = ['王伟', '李娜', '张强', '刘洋', '陈静', '杨帆', '赵敏', '周杰']

/** Numbers between 0 and 1 that are the same on every run (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

export const pick = <T>(random: () => number, items: readonly T[]): T => items[Math.floor(random() * items.length)]!

const day = (offset: number) => new Date(Date.UTC(2022, 0, 1) + offset * 86_400_000).toISOString().slice(0, 10)
const moment = (offset: number) => `${day(offset)}T08:30:00.000Z`
export const yuan = (cents: number) => (cents / 100).toFixed(2)
/** 13.00 % in hundredths of a percent. */
const taxRate = 1300
export const taxOf = (cents: number, rate: number) => Math.round((cents * rate) / 10_000)

const system = (owner: Owner, at: string) => ({ owner: owner.id, ownerDept: owner.department, createdAt: at, createdBy: owner.id, updatedAt: at, updatedBy: owner.id, deletedAt: null })

export const customer = (n: number, random: () => number, owner: Owner) =>
  ({ ...system(owner, moment(0)), name: `${pick(random, cities)}${pick(random, trades)}有限公司${n}`, level: pick(random, ['A', 'B', 'C']), city: pick(random, cities) })

export const project = (n: number, random: () => number, owner: Owner, customer: string) =>
  ({ ...system(owner, moment(1)), name: `${pick(random, trades)}${pick(random, goods)}项目${n}`, customer, budget: yuan(Math.floor(random() * 1e9)) })

/** Contract numbers are of a year that no created contract falls into. */
export function contract(n: number, random: () => number, owner: Owner, customer: string, project: string) {
  const at = Math.floor(random() * 1400)
  const cents = 100 + Math.floor(random() * 1e8)
  return {
    ...system(owner, moment(at)), contractNo: `HT1999${String(n).padStart(6, '0')}`, name: `${pick(random, goods)}${pick(random, uses)}${n}`, externalNo: `KH-${n}`,
    kind: random() < 0.8 ? 'product' : 'service', status: pick(random, statuses), customer, project, signedOn: day(at), startOn: day(at), endOn: day(at + 365), currency: random() < 0.9 ? 'CNY' : 'USD',
    amount: yuan(cents), taxRate: yuan(taxRate), tax: yuan(taxOf(cents, taxRate)), cost: yuan(Math.floor(cents * 0.7)), paymentMode: random() < 0.5 ? 'once' : 'instalment', urgent: random() < 0.1,
    deliveries: Math.floor(random() * 12), contactName: pick(random, people), remark: random() < 0.3 ? '客户要求分批交付，表面镀锌，磁通公差百分之三以内。' : null,
  }
}

/** What a person types into a new contract. */
export function contractInput(n: number, random: () => number, customer: string, project: string) {
  return {
    name: `${pick(random, goods)}${pick(random, uses)}`, externalNo: `XJ-${n}`, status: 'draft', customer, project, signedOn: '2026-03-01', startOn: '2026-03-01', endOn: '2027-02-28', currency: 'CNY',
    amount: yuan(100 + Math.floor(random() * 1e8)), taxRate: '13.00', paymentMode: 'instalment', urgent: false, deliveries: 4, contactName: pick(random, people), remark: '首批交付前须确认图纸。',
  }
}
