/** Bad input: each case answers with its status, code, place and words, in the reader's language, and changes nothing. */
import { messageOf, type ProblemCode } from '../../schemas/errors'
import type { Client, ProblemBody, Sent } from '../support/client'
import { startTestHost, type TestHost } from '../support/host'
import { customerInput, everythingKept, hireStaff, plannedContract, projectInput, quoteWithContract, type Sales, type Staff } from '../support/sales'

let host: TestHost
let sales: Sales
/** The same people, reading Chinese. */
const chinese: Partial<Record<Staff, Client>> = {}
/** Records that the cases speak of. */
const records: Record<'mine' | 'mineRev' | 'theirs' | 'theirProject' | 'project' | 'quote' | 'contract' | 'plan' | 'paidUp' | 'usedProduct', string> = {} as never

beforeAll(async () => {
  host = await startTestHost()
  sales = await hireStaff(host)
  for (const name of ['rep', 'finance', 'clerk', 'manager', 'admin'] as const) chinese[name] = await host.signIn(name, { language: 'zh-CN' })
  const { as } = sales
  records.mine = (await as.rep.create('customer', customerInput())).id
  records.mineRev = String((await as.rep.must(as.rep.patch(`/records/customer/${records.mine}`, { shortName: 'changed once' }))).rev)
  records.theirs = (await as.rep2.create('customer', customerInput())).id
  records.theirProject = (await as.rep2.create('project', projectInput(records.theirs))).id
  records.project = (await as.rep.create('project', projectInput(records.mine))).id
  const deal = await plannedContract(sales)
  Object.assign(records, { quote: deal.quote, contract: deal.contract, plan: deal.plans[0]!.id })
  await as.finance.must(as.finance.action('receivablePlan', deal.plans[1]!.id, 'collect'))
  records.paidUp = deal.plans[1]!.id
  Object.assign(records, { rep: sales.id.rep, rep2: sales.id.rep2 })
  await as.clerk.create('product', { code: 'DOUBLE', name: 'There first', listPrice: '1' })
  records.usedProduct = ((await as.rep.read('quote', records.quote)).lines as { product: string }[])[0]!.product
})
afterAll(() => host?.close())

/** A text with `$name` for the id of a record. */
const real = (text: string) => text.replace(/\$(\w+)/g, (_, name: string) => records[name as keyof typeof records])

interface Case { who?: Staff; method?: string; path: string; sent?: Sent; status: number; code: ProblemCode; problems?: string[] }

const post = (path: string, body: unknown, members: Omit<Case, 'path'>): Case => ({ method: 'POST', path, sent: { body }, ...members })
const patch = (path: string, body: unknown, members: Omit<Case, 'path'>): Case => ({ method: 'PATCH', path, sent: { body }, ...members })
const complete = { name: 'New', type: 'endUser', industry: 'motors', region: 'east' }
const deep = (depth: number) => '{"a":'.repeat(depth) + '1' + '}'.repeat(depth)

const cases: [name: string, c: Case][] = [
  // the fields of a record
  ['an unknown field', post('/records/customer', { ...complete, colour: 'red' }, { status: 422, code: 'unknownField', problems: ['/colour unknownField'] })],
  ['a field of JavaScript', post('/records/customer', JSON.parse('{"__proto__": {"admin": true}, "constructor": 1}'), { status: 422, code: 'unknownField', problems: ['/__proto__ unknownField', '/constructor unknownField'] })],
  ['a wrong type', post('/records/customer', { ...complete, name: 5, foundedYear: 'old' }, { status: 422, code: 'wrongType', problems: ['/name wrongType', '/foundedYear wrongType'] })],
  ['everything required missing', post('/records/customer', {}, { status: 422, code: 'required', problems: ['/name required', '/type required', '/industry required', '/region required'] })],
  ['required and empty', post('/records/customer', { ...complete, name: '   ' }, { status: 422, code: 'required', problems: ['/name required'] })],
  ['an over-long text', post('/records/customer', { ...complete, name: '长'.repeat(121) }, { status: 422, code: 'tooLong', problems: ['/name tooLong'] })],
  ['faults of several kinds at once', post('/records/customer', { name: 'x'.repeat(200), type: 'nobody', foundedYear: 999, billing: [{ bank: 'B' }] }, { status: 422, code: 'tooLong', problems: ['/name tooLong', '/type notAnOption', '/foundedYear tooSmall'] })],
  ['no option', post('/records/customer', { ...complete, type: 'friend' }, { status: 422, code: 'notAnOption', problems: ['/type notAnOption'] })],
  ['a fault in a row', post('/records/customer', { ...complete, billing: [{ title: 'T' }, { title: '', taxNo: 'x'.repeat(41) }] }, { status: 422, code: 'tooLong', problems: ['/billing/1/taxNo tooLong', '/billing/1/title required'] })],
  ['a computed field', post('/records/customer', { ...complete, contractTotal: '5', customerNo: 'C1' }, { status: 422, code: 'readOnly', problems: ['/contractTotal readOnly', '/customerNo readOnly'] })],
  ['a field that is read-only', patch('/records/project/$project', { wonOn: '2026-01-01' }, { status: 422, code: 'readOnly', problems: ['/wonOn readOnly'] })],
  ['the stage by the back door', patch('/records/project/$project', { stage: 'won', status: 'won' }, { status: 422, code: 'readOnly', problems: ['/stage readOnly', '/status readOnly'] })],
  ['a field one may not write', patch('/records/customer/$mine', { status: 'official' }, { status: 422, code: 'readOnly', problems: ['/status readOnly'] })],
  ['what the system writes', patch('/records/customer/$mine', { createdAt: '2020-01-01T00:00:00Z' }, { status: 422, code: 'readOnly', problems: ['/createdAt readOnly'] })],
  ['a rule of the entity', patch('/records/customer/$mine', { parent: '$mine' }, { status: 422, code: 'ruleViolated', problems: ['/parent ruleViolated'] })],
  ['a rule about two fields', patch('/records/project/$project', { expectedCloseOn: '2000-01-01' }, { status: 422, code: 'ruleViolated', problems: ['/expectedCloseOn ruleViolated'] })],
  ['a locked field', { ...patch('/records/quote/$quote', { currency: 'USD' }, { status: 422, code: 'locked', problems: ['/currency locked'] }) }],
  ['an id that is there for others only', post('/records/project', { ...projectInput('x'), primaryCustomer: '$theirs' }, { status: 422, code: 'noSuchRecord', problems: ['/customers/0 noSuchRecord', '/primaryCustomer noSuchRecord'] })],
  ['an id of another entity', post('/records/project', { ...projectInput('x'), primaryCustomer: '$project' }, { status: 422, code: 'noSuchRecord', problems: ['/customers/0 noSuchRecord', '/primaryCustomer noSuchRecord'] })],
  ['an id in a list', patch('/records/project/$project', { customers: ['$mine', 'nobody'] }, { status: 422, code: 'noSuchRecord', problems: ['/customers/1 noSuchRecord'] })],
  ['an owner who is nobody', patch('/records/customer/$mine', { owner: 'nobody' }, { status: 422, code: 'noSuchRecord', problems: ['/owner noSuchRecord'] })],
  ['a name that is taken', { who: 'clerk', ...post('/records/product', { code: 'DOUBLE', name: 'A', listPrice: '1' }, { status: 409, code: 'duplicate', problems: ['/code duplicate'] }) }],

  // records and entities
  ['an unknown entity', { path: '/records/unicorn', status: 404, code: 'noSuchEntity' }],
  ['an entity of JavaScript', { path: '/records/__proto__', status: 404, code: 'noSuchEntity' }],
  ['an entity one may not know', { who: 'admin', path: '/records/customer', status: 403, code: 'forbidden' }],
  ['an unknown id', { path: '/records/customer/nothing', status: 404, code: 'notFound' }],
  ['an id of another entity in the path', { path: '/records/customer/$project', status: 404, code: 'notFound' }],
  ['a foreign record', { path: '/records/customer/$theirs', status: 404, code: 'notFound' }],
  ['the history of a foreign record', { path: '/records/customer/$theirs/history', status: 404, code: 'notFound' }],
  ['what could be done with a foreign record', { path: '/records/project/$theirProject/commands', status: 404, code: 'notFound' }],
  ['changing a foreign record', patch('/records/customer/$theirs', { name: 'Mine now' }, { status: 404, code: 'notFound' })],
  ['deleting a foreign record', { method: 'DELETE', path: '/records/customer/$theirs', status: 404, code: 'notFound' }],
  ['an action on a foreign record', post('/records/project/$theirProject/actions/win', {}, { status: 404, code: 'notFound' })],
  ['moving a foreign record', post('/records/project/$theirProject/stage', { to: 'presalesSolution' }, { status: 404, code: 'notFound' })],
  ['submitting a foreign record', post('/records/project/$theirProject/flows/stageGate', {}, { status: 404, code: 'notFound' })],
  ['deleting without the right', { method: 'DELETE', path: '/records/customer/$mine', status: 403, code: 'forbidden' }],
  ['creating without the right', post('/records/product', { code: 'X', name: 'X', listPrice: '1' }, { status: 403, code: 'forbidden' })],
  ['creating for somebody else', post('/records/customer', { ...complete, owner: '$rep2' }, { status: 403, code: 'forbidden' })],
  ['giving away what one then could not see', patch('/records/customer/$mine', { owner: '$rep2' }, { status: 403, code: 'forbidden' })],
  ['changing what one may only read', { who: 'finance', ...patch('/records/customer/$mine', { shortName: 'x' }, { status: 403, code: 'forbidden' }) }],
  ['an action without the right', { who: 'finance', ...post('/records/project/$project/actions/win', {}, { status: 403, code: 'forbidden' }) }],
  ['deleting what is referred to', { who: 'clerk', method: 'DELETE', path: '/records/customer/$mine', status: 409, code: 'inUse' }],
  ['deleting what is referred to in rows', { who: 'clerk', method: 'DELETE', path: '/records/product/$usedProduct', status: 409, code: 'inUse' }],

  // revisions
  ['a stale revision', { ...patch('/records/customer/$mine', { shortName: 'late' }, { status: 412, code: 'staleRevision' }), sent: { body: { shortName: 'late' }, headers: { 'if-match': '"1"' } } }],
  ['a stale revision on deleting', { who: 'clerk', method: 'DELETE', path: '/records/customer/$mine', sent: { headers: { 'if-match': '"1"' } }, status: 412, code: 'staleRevision' }],
  ['a stale revision on an action', { method: 'POST', path: '/records/project/$project/actions/win', sent: { body: {}, headers: { 'if-match': '"99"' } }, status: 412, code: 'staleRevision' }],
  ['no revision at all', { method: 'PATCH', path: '/records/customer/$mine', sent: { body: {}, headers: { 'if-match': 'one' } }, status: 400, code: 'badRequest' }],

  // commands
  ['a second contract of one quote', post('/records/quote/$quote/actions/toContract', {}, { status: 409, code: 'actionUnavailable' })],
  ['a second plan of one contract', post('/records/contract/$contract/actions/generatePlans', {}, { status: 409, code: 'actionUnavailable' })],
  ['collecting what is paid', { who: 'finance', ...post('/records/receivablePlan/$paidUp/actions/collect', {}, { status: 409, code: 'actionUnavailable' }) }],
  ['collecting more than is due', { who: 'finance', ...post('/records/receivablePlan/$plan/actions/collect', { input: { amount: '30.01' } }, { status: 422, code: 'ruleViolated' }) }],
  ['a receipt above the remainder', { who: 'finance', ...post('/records/receipt', { plan: '$plan', amount: '30.01' }, { status: 422, code: 'ruleViolated' }) }],
  ['a receipt of nothing', { who: 'finance', ...post('/records/receipt', { plan: '$plan', amount: '0' }, { status: 422, code: 'ruleViolated', problems: ['/amount ruleViolated'] }) }],
  ['collecting a negative amount', { who: 'finance', ...post('/records/receivablePlan/$plan/actions/collect', { input: { amount: '-1' } }, { status: 422, code: 'tooSmall', problems: ['/input/amount tooSmall'] }) }],
  ['an unknown input', { who: 'finance', ...post('/records/receivablePlan/$plan/actions/collect', { input: { colour: 'red' } }, { status: 422, code: 'unknownField', problems: ['/input/colour unknownField'] }) }],
  ['input that is none', post('/records/project/$project/actions/win', { input: [] }, { status: 400, code: 'badRequest' })],
  ['a missing input', post('/records/project/$project/actions/lose', {}, { status: 422, code: 'required', problems: ['/input/lostReason required'] })],
  ['an unknown action', post('/records/project/$project/actions/fly', {}, { status: 404, code: 'noSuchDefinition' })],
  ['an action of JavaScript', post('/records/project/$project/actions/constructor', {}, { status: 404, code: 'noSuchDefinition' })],
  ['an unknown stage', post('/records/project/$project/stage', { to: 'moon' }, { status: 422, code: 'noSuchStage', problems: ['/to noSuchStage'] })],
  ['a stage skipped', post('/records/project/$project/stage', { to: 'negotiation' }, { status: 422, code: 'stageSkipped', problems: ['/to stageSkipped', ' criterionUnmet'] })],
  ['the stage it is in', post('/records/project/$project/stage', { to: 'projectInfo' }, { status: 409, code: 'sameStage', problems: ['/to sameStage'] })],
  ['no stage', post('/records/project/$project/stage', {}, { status: 400, code: 'badRequest', problems: ['/to wrongType'] })],
  ['lost without a reason', post('/records/project/$project/stage', { to: 'lost' }, { status: 422, code: 'required', problems: ['/lostReason required'] })],
  ['an unknown flow', post('/records/project/$project/flows/fly', {}, { status: 403, code: 'forbidden' })],
  ['submitting what is not a draft', post('/records/contract/$contract/flows/contractApproval', {}, { status: 409, code: 'flowNotApplicable' })],
  ['an unknown task', post('/tasks/nothing/decide', { decision: 'approve' }, { status: 404, code: 'notFound' })],
  ['a decision that is none', post('/tasks/nothing/decide', { decision: 'maybe' }, { status: 400, code: 'badRequest', problems: ['/decision notAnOption'] })],
  ['an unknown instance', { path: '/flow-instances/nothing', status: 404, code: 'notFound' }],

  // queries
  ['a filter that is no JSON', { path: '/records/customer', sent: { query: { filter: '{' } }, status: 400, code: 'badFilter' }],
  ...['null', 'false', '0', '""', '[]', '5', '"name"', '{}'].map((filter): [string, Case] => [`a filter ${filter}`, { path: '/records/customer', sent: { query: { filter } }, status: 400, code: 'badFilter' }]),
  ['a filter of nothing in a sum', post('/records/customer/aggregate', { filter: null, measures: [{ op: 'count' }] }, { status: 400, code: 'badFilter' })],
  ['a filter on an unknown field', { path: '/records/customer', sent: { query: { filter: '{"field":"nope","op":"empty"}' } }, status: 400, code: 'badFilter' }],
  ['an unknown parameter', { path: '/records/customer', sent: { query: { where: '1=1' } }, status: 400, code: 'badRequest' }],
  ['a limit too large', { path: '/records/customer', sent: { query: { limit: '501' } }, status: 400, code: 'badRequest' }],
  ['a limit of nothing', { path: '/records/customer', sent: { query: { limit: '0' } }, status: 400, code: 'badRequest' }],
  ['a limit that is no number', { path: '/records/customer', sent: { query: { limit: 'many' } }, status: 400, code: 'badRequest' }],
  ['page 0', { path: '/records/customer', sent: { query: { page: '0' } }, status: 400, code: 'badRequest' }],
  ['a made-up cursor', { path: '/records/customer', sent: { query: { cursor: 'abc' } }, status: 400, code: 'badRequest' }],
  ['a cursor of another order', { path: '/records/customer', sent: { query: { sort: 'name', cursor: Buffer.from('[[],"x"]').toString('base64url') } }, status: 400, code: 'badRequest' }],
  ['a cursor with odd values', { path: '/records/customer', sent: { query: { sort: 'name', cursor: Buffer.from('[[{"a":1}],"x"]').toString('base64url') } }, status: 400, code: 'badRequest' }],
  ['an unknown sort key', { path: '/records/customer', sent: { query: { sort: 'nope' } }, status: 400, code: 'badRequest' }],
  ['sorting by rows', { path: '/records/customer', sent: { query: { sort: 'billing' } }, status: 400, code: 'badRequest' }],
  ['expanding what is no reference', { path: '/records/customer', sent: { query: { expand: 'name' } }, status: 400, code: 'badRequest' }],
  ['expanding too deep', { path: '/records/customer', sent: { query: { expand: 'parent.parent.parent.parent' } }, status: 400, code: 'badRequest' }],
  ['unknown fields', { path: '/records/customer', sent: { query: { fields: 'name,nope' } }, status: 400, code: 'badRequest' }],
  ['an unknown view', { path: '/records/customer', sent: { query: { view: 'nope' } }, status: 404, code: 'noSuchDefinition' }],
  ['too many words', { path: '/records/customer', sent: { query: { q: 'a b c d e f g h i j' } }, status: 400, code: 'badRequest' }],
  ['a sum of a text', post('/records/customer/aggregate', { measures: [{ op: 'sum', field: 'name' }] }, { status: 400, code: 'badRequest' })],
  ['a count of a field', post('/records/customer/aggregate', { measures: [{ op: 'count', field: 'name' }] }, { status: 400, code: 'badRequest' })],
  ['groups by an unknown field', post('/records/customer/aggregate', { groupBy: ['nope'], measures: [{ op: 'count' }] }, { status: 400, code: 'badRequest' })],
  ['months of what is no date', post('/records/customer/aggregate', { groupBy: [{ field: 'employees', by: 'month' }], measures: [{ op: 'count' }] }, { status: 400, code: 'badRequest' })],
  ['no measure', post('/records/customer/aggregate', { measures: [] }, { status: 400, code: 'badRequest' })],
  ['an unknown box', { path: '/tasks', sent: { query: { box: 'spam' } }, status: 400, code: 'badRequest' }],
  ['a task page of letters', { path: '/tasks', sent: { query: { cursor: 'x' } }, status: 400, code: 'badRequest' }],

  // HTTP
  ['bad JSON', { method: 'POST', path: '/records/customer', sent: { raw: '{"name": ' }, status: 400, code: 'badJson' }],
  ['half a character', { method: 'POST', path: '/records/customer', sent: { body: { ...complete, name: 'half \ud83d' } }, status: 422, code: 'badText', problems: ['/name badText'] }],
  ['a list', post('/records/customer', [complete], { status: 400, code: 'badRequest' })],
  ['a text', post('/records/customer', 'hello', { status: 400, code: 'badRequest' })],
  ['very deep JSON', { method: 'POST', path: '/records/customer', sent: { raw: deep(20_000) }, status: 400, code: 'tooDeep' }],
  ['a body too large', { method: 'POST', path: '/records/customer', sent: { raw: JSON.stringify({ ...complete, remark: 'x'.repeat(1_100_000) }) }, status: 413, code: 'tooLargeBody' }],
  ['another type', { method: 'POST', path: '/records/customer', sent: { raw: 'name=x', headers: { 'content-type': 'application/x-www-form-urlencoded' } }, status: 415, code: 'unsupportedMediaType' }],
  ['another character set', { method: 'POST', path: '/records/customer', sent: { raw: '{}', headers: { 'content-type': 'application/json; charset=gbk' } }, status: 415, code: 'unsupportedMediaType' }],
  ['an unknown compression', { method: 'POST', path: '/records/customer', sent: { raw: '{}', headers: { 'content-encoding': 'zipped' } }, status: 415, code: 'unsupportedMediaType' }],
  ['what is not gzip', { method: 'POST', path: '/records/customer', sent: { raw: '{}', headers: { 'content-encoding': 'gzip' } }, status: 400, code: 'badRequest' }],
  ['a path that is not there', { path: '/nothing', status: 404, code: 'notFound' }],
  ['a method that is not there', { method: 'PUT', path: '/records/customer/$mine', sent: { body: {} }, status: 404, code: 'notFound' }],
  ['a path that is no text', { path: '/records/customer/%E0%A4%A', status: 400, code: 'badRequest' }],
  ['a key too long', { method: 'POST', path: '/records/customer', sent: { body: complete, headers: { 'idempotency-key': 'x'.repeat(300) } }, status: 400, code: 'badRequest' }],
  ['definitions without the right', { path: '/definitions/drafts', status: 403, code: 'forbidden' }],
  ['publishing without the right', post('/releases', {}, { status: 403, code: 'forbidden' })],
  ['passwords without the right', { who: 'manager', ...post('/users/$rep/password', { password: 'something' }, { status: 403, code: 'forbidden' }) }],
]

/** Chinese answers with half an English sentence in them. */
const mixed: string[] = []

test.each(cases)('%s', async (_, { who = 'rep', method = 'GET', path, sent = {}, status, code, problems }) => {
  const asked: Sent = { ...sent, ...(sent.body !== undefined && { body: JSON.parse(real(JSON.stringify(sent.body))) as unknown }) }
  const before = await everythingKept(host)
  for (const [language, client] of [['en', sales.as[who]], ['zh', chinese[who]!]] as const) {
    const { status: answered, headers, body } = await client.request<ProblemBody>(method, real(path), asked)
    expect({ status: answered, code: body.code, problems: problems && body.problems.map((p) => `${p.path} ${p.code}`).sort() }).toEqual({ status, code, problems: problems && [...problems].sort() })
    expect(headers.get('content-type')).toMatch(/^application\/problem\+json/)
    expect(body).toMatchObject({ status, type: `/errors/${code}`, requestId: headers.get('x-request-id') })
    expect(body.title).not.toMatch(/[\u4e00-\u9fff]/)
    for (const text of [body.detail, ...body.problems.map((p) => p.message!)]) {
      expect(text).not.toMatch(/\[object|\{\w+\}|^\s*$/)
      expect(/[\u4e00-\u9fff]/.test(text)).toBe(language === 'zh')
    }
    if (language === 'zh') mixed.push(...[body.detail, ...body.problems.map((p) => p.message!)].filter((text) => /[a-z]+ [a-z]+ [a-z]+/i.test(text) || /undefined/.test(text)))
    for (const p of body.problems) expect(p.message).toBe(messageOf(p.code, p.params ?? {}, language))
    if (status === 412) expect(body.current).toMatchObject({ id: real('$mine') === (body.current as { id: string }).id ? real('$mine') : real('$project') })
  }
  expect(await everythingKept(host)).toBe(before)
})

test('Chinese answers are Chinese throughout', () => expect([...new Set(mixed)]).toEqual([]))

describe('without a session', () => {
  test.each(['/me', '/records/customer', '/definitions', '/tasks', '/openapi.json', '/nothing'])('%s is 401', async (path) => {
    const response = await fetch(`${host.url}/api/v1${path}`, { headers: { 'accept-language': 'zh-CN' } })
    expect(response.status).toBe(401)
    expect(await response.json()).toMatchObject({ code: 'notSignedIn', detail: '请先登录。' })
  })
})

describe('two at once', () => {
  test('two receipts for the same remainder: exactly one, twenty times', async () => {
    const rows = Array.from({ length: 20 }, (_, i) => ({ name: `row ${i}`, percent: '5' }))
    const { plans, contract } = await plannedContract(sales, '2000.00', rows)
    for (const [round, plan] of plans.entries()) {
      const tries = [sales.as.finance, sales.as.finance2].map((client) => (round % 2 === 0 ? client.action('receivablePlan', plan.id, 'collect') : client.post('/records/receipt', { plan: plan.id, amount: plan.amount })))
      const statuses = (await Promise.all(tries)).map((a) => a.status).sort()
      expect({ round, statuses: statuses.map((s) => (s < 300 ? 'in' : s === 409 || s === 422 ? 'out' : s)) }).toEqual({ round, statuses: ['in', 'out'] })
      expect(await sales.as.finance.read('receivablePlan', plan.id)).toMatchObject({ receivedAmount: plan.amount, remaining: '0.00', status: 'paid' })
    }
    expect(await sales.as.finance.read('contract', contract)).toMatchObject({ receivedTotal: '2000.00', outstanding: '0.00' })
    expect((await sales.as.finance.list('receipt', { count: 'exact' }, { field: 'contract', op: 'eq', value: contract } as never)).count).toBe(20)
  })

  test('two contracts of one quote: exactly one', async () => {
    for (let round = 0; round < 5; round++) {
      const { quote, contract } = await quoteWithContract(sales, { contract: { paymentMode: 'oneOff' } })
      await sales.as.manager.must(sales.as.manager.action('contract', contract, 'void', { reason: 'again' }))
      const statuses = (await Promise.all([1, 2, 3].map(() => sales.as.rep.action('quote', quote, 'toContract')))).map((a) => a.status).sort()
      expect(statuses).toEqual([200, 409, 409])
      expect(await sales.as.rep.read('quote', quote)).toMatchObject({ activeContracts: 1 })
    }
  })

  test('two changes on one revision: the later one is told so', async () => {
    const { id, rev } = await sales.as.rep.create('customer', customerInput())
    const answers = await Promise.all(['first', 'second', 'third'].map((shortName) => sales.as.rep.patch(`/records/customer/${id}`, { shortName }, { 'if-match': `"${rev}"` })))
    expect(answers.map((a) => a.status).sort()).toEqual([200, 412, 412])
    const winner = answers.find((a) => a.status === 200)!.body
    expect(await sales.as.rep.read('customer', id)).toMatchObject({ shortName: winner.shortName, rev: 2 })
  })

  test('the same name twice at once: one, and 409', async () => {
    const input = customerInput()
    expect((await Promise.all([1, 2, 3, 4].map(() => sales.as.rep.post('/records/customer', input)))).map((a) => a.status).sort()).toEqual([201, 409, 409, 409])
  })

  test('no number is given twice', async () => {
    const made = await Promise.all(Array.from({ length: 40 }, () => sales.as.rep.create('customer', customerInput())))
    expect(new Set(made.map((r) => r.customerNo)).size).toBe(40)
  })
})
