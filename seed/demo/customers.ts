/** Sixty customers and their contacts: planned from syllables and trades, acquired by the representatives over the year. */
import { addDays, type Calendar, type HalfDay } from './calendar'
import type { Company } from './company'
import { companySyllables, creditCode, mobile, personName } from './names'
import type { Rep } from './people'
import type { Random } from './random'

export interface Contact { id: string; name: string; jobTitle: string; department: string }

export interface Customer {
  name: string
  shortName: string
  type: 'designInstitute' | 'endUser' | 'siCustomer'
  level: 'A' | 'B' | 'C'
  industry: string
  region: string
  /** The city by its full name; '' abroad. */
  site: string
  /** The city and the part of it. */
  city: string
  rep: Rep
  since: HalfDay
  /** The group it belongs to. */
  parent?: Customer
  random: Random
  /** Known once it is acquired. */
  id: string
  contacts: Contact[]
  official: boolean
}

interface Place { city: string; region: string; district: string }

const place = (region: string, city: string, district: string): Place => ({ region, city, district })

/** Where each representative works, and how many design institutes, integrators and end users she looks after. */
const territories: Record<Rep, { counts: [institutes: number, integrators: number, endUsers: number]; places: Place[] }> = {
  chen: { counts: [2, 4, 9], places: [place('east', '苏州', '工业园区'), place('east', '无锡', '新吴区'), place('east', '上海', '嘉定区'), place('east', '常州', '武进区')] },
  wu: { counts: [2, 3, 7], places: [place('east', '宁波', '鄞州区'), place('east', '杭州', '萧山区'), place('east', '台州', '椒江区'), place('east', '绍兴', '柯桥区')] },
  xu: { counts: [2, 3, 7], places: [place('east', '合肥', '高新区'), place('east', '青岛', '城阳区'), place('north', '天津', '西青区'), place('north', '北京', '亦庄'), place('northeast', '沈阳', '铁西区')] },
  liang: { counts: [2, 2, 7], places: [place('south', '深圳', '宝安区'), place('south', '东莞', '松山湖'), place('south', '惠州', '仲恺区'), place('hkmt', '香港', '观塘')] },
  he: { counts: [2, 2, 6], places: [place('south', '佛山', '顺德区'), place('central', '武汉', '东湖高新区'), place('southwest', '成都', '郫都区'), place('southwest', '重庆', '北碚区'), place('northwest', '西安', '高新区')] },
}

interface Trade { industry: string; suffix: string }

const trades: Record<Customer['type'], Trade[]> = {
  endUser: [
    { industry: 'motors', suffix: '电机' }, { industry: 'automotive', suffix: '汽车部件' }, { industry: 'newEnergy', suffix: '新能源' }, { industry: 'homeAppliance', suffix: '电器' },
    { industry: 'electronics', suffix: '声学' }, { industry: 'machinery', suffix: '电梯部件' }, { industry: 'medical', suffix: '医疗设备' }, { industry: 'metallurgy', suffix: '矿业装备' },
    { industry: 'motors', suffix: '微电机' }, { industry: 'railTransit', suffix: '轨道装备' },
  ],
  siCustomer: [{ industry: 'automation', suffix: '智能装备' }, { industry: 'machinery', suffix: '起重机械' }, { industry: 'automation', suffix: '自动化系统' }, { industry: 'electronics', suffix: '电子集成' }],
  designInstitute: [{ industry: 'power', suffix: '电力设计院' }, { industry: 'metallurgy', suffix: '冶金设计院' }, { industry: 'railTransit', suffix: '轨道交通设计院' }, { industry: 'construction', suffix: '机电设计院' }],
}

const forms: Record<Customer['type'], string[]> = { endUser: ['有限公司', '有限公司', '股份有限公司', '科技有限公司'], siCustomer: ['有限公司', '工程有限公司'], designInstitute: ['有限公司'] }

/** Customers abroad, which 梁家豪 looks after. */
const abroad = ['Nordvinge Motion GmbH', 'Takesaki Servo K.K.']

/** A representative's first end user is the head of a group, the next ones its companies. */
const groups: Partial<Record<Rep, number>> = { chen: 3, wu: 2, liang: 2 }

export function planCustomers(random: Random, calendar: Calendar): Customer[] {
  const syllables = companySyllables(random.fork('syllables'), 60)
  return (Object.keys(territories) as Rep[]).flatMap((rep) => planTerritory(rep, random.fork(rep), calendar, syllables))
}

function planTerritory(rep: Rep, random: Random, calendar: Calendar, syllables: string[]): Customer[] {
  const { counts: [institutes, integrators, endUsers], places } = territories[rep]
  const types = [...repeat('endUser', endUsers), ...repeat('siCustomer', integrators), ...repeat('designInstitute', institutes)]
  const seen: Record<string, number> = {}
  const customers: Customer[] = []
  for (const [i, type] of types.entries()) {
    const nth = seen[type] = (seen[type] ?? -1) + 1
    const head = type === 'endUser' && nth > 0 && nth < (groups[rep] ?? 0) ? customers[0] : undefined
    const word = head ? head.shortName.slice(0, 2) : syllables.shift()!
    const trade = trades[type][(nth + 3 * Object.keys(territories).indexOf(rep)) % trades[type].length]!
    const spot = places[i % places.length]!
    customers.push(customerOf(random.fork(i), { rep, type, trade, spot, word, isHead: type === 'endUser' && nth === 0 && rep in groups, parent: head, early: type === 'designInstitute' || i < 5, calendar }))
  }
  if (rep === 'liang') customers.slice(5, 5 + abroad.length).forEach((c, i) => Object.assign(c, { name: abroad[i], shortName: abroad[i]!.split(' ')[0], region: 'overseas', site: '', city: '', type: 'endUser', industry: 'motors' }))
  return customers
}

const fullName = (city: string) => (city === '香港' ? '香港特别行政区' : `${city}市`)

const repeat = (type: Customer['type'], count: number) => Array.from({ length: count }, () => type)

interface Outline { rep: Rep; type: Customer['type']; trade: Trade; spot: Place; word: string; isHead: boolean; parent: Customer | undefined; early: boolean; calendar: Calendar }

function customerOf(random: Random, { rep, type, trade, spot, word, isHead, parent, early, calendar }: Outline): Customer {
  const shortName = isHead ? `${word}集团` : word + trade.suffix
  return {
    rep, type, shortName, industry: trade.industry, region: spot.region, site: fullName(spot.city), city: fullName(spot.city) + spot.district, random, parent,
    name: isHead ? `${spot.city}${word}控股集团有限公司` : type === 'designInstitute' ? `${word}${trade.suffix}有限公司` : `${spot.city}${shortName}${random.pick(forms[type])}`,
    level: isHead || random.chance(0.2) ? 'A' : random.chance(0.5) ? 'B' : 'C',
    since: Math.max(calendar.first + (early || random.chance(0.6) ? random.int(2, 16) : random.int(30, 540)), parent ? parent.since + 1 : calendar.first),
    id: '', contacts: [], official: false,
  }
}

const sources = ['phone', 'tradePress', 'referral', 'directVisit', 'designInstitute', 'webSearch']

/** The representative finds the customer and notes whom she met. */
export async function acquire({ as, calendar }: Company, customer: Customer): Promise<void> {
  const { random, name, shortName, type, level, industry, region, city } = customer
  await calendar.until(customer.since)
  const record = await as(customer.rep).create('customer', {
    name, shortName, type, level, industry, region, source: random.pick(sources),
    ...(city && { address: `${city}${random.pick(['科技大道', '创新路', '工业三路', '振兴路', '环城东路'])}${random.int(8, 688)}号` }),
    phone: `0${random.int(21, 29)}-55${random.digits(6)}`, employees: random.int(6, 240) * 10, foundedYear: random.int(1992, 2019),
    ...(level !== 'C' && { tags: random.fork('tags').sample(['重点客户', '战略合作', '新品试用', '价格敏感', '账期偏长'], level === 'A' ? 2 : 1) }),
    ...(random.fork('website').chance(0.6) && { website: `https://www.${hostOf(customer)}` }),
  })
  customer.id = record.id!
  const count = type === 'designInstitute' ? 1 : random.int(1, level === 'A' ? 4 : 3)
  customer.contacts = await Promise.all(Array.from({ length: count }, (_, i) => meet(customer, i, as)))
  if (customer.parent) await as('sun').update('customer', customer.id, { parent: customer.parent.id })
}

/** A host of the company's own: hosts under .example belong to nobody. */
const hostOf = ({ region, shortName, random }: Customer) => `${region === 'overseas' ? shortName.toLowerCase() : `kh${random.fork('host').digits(4)}`}.example`

const posts = [{ jobTitle: '采购经理', department: '采购部' }, { jobTitle: '研发总监', department: '研发中心' }, { jobTitle: '品质主管', department: '品质部' }, { jobTitle: '副总经理', department: '总经办' }]
const institutePosts = [{ jobTitle: '主任工程师', department: '设计一所' }]

async function meet(customer: Customer, nth: number, as: Company['as']): Promise<Contact> {
  const random = customer.random.fork(`contact ${nth}`)
  const post = (customer.type === 'designInstitute' ? institutePosts : posts)[nth]!
  const name = customer.region === 'overseas' ? ['Jonas Brandvold', 'Elin Sorvik', 'Kenta Moriyasu', 'Rika Hanabusa'][random.int(0, 3)]! : personName(random)
  const { id } = await as(customer.rep).create('contact', {
    customer: customer.id, name, ...post, mobile: mobile(random), isPrimary: nth === 0,
    birthday: addDays('1968-01-01', random.int(0, 10_000)), ...(random.fork('email').chance(0.7) && { email: `${customer.region === 'overseas' ? name.toLowerCase().replace(' ', '.') : `lxr${random.fork('mail').digits(4)}`}@${hostOf(customer)}` }), ...(random.chance(0.5) && { wechat: `wx_${random.digits(8)}` }),
  })
  return { id: id!, name, ...post }
}

/** Whoever signs a contract is a customer for good: the data clerk completes the master data. */
export async function makeOfficial({ as }: Pick<Company, 'as'>, customer: Customer): Promise<void> {
  if (customer.official) return
  customer.official = true
  const { random, name, region } = customer
  const taxNo = creditCode(random)
  const billing = [{ title: name, taxNo, bank: random.pick(['中国工商银行', '中国建设银行', '招商银行', '宁波银行']) + '开发区支行', account: `6222${random.digits(12)}` }]
  await as('sun').update('customer', customer.id, { status: 'official', ...(region !== 'overseas' && { creditCode: taxNo, billing }) })
}
