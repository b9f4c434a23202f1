/** Requests of any shape to every described path: an answer of ours each time, never a 5xx. `FUZZ_RUNS` asks for more. */
import fc from 'fast-check'
import { startTestHost, type TestHost } from '../support/host'
import { hireStaff, plannedContract, type Sales, type Staff } from '../support/sales'

const runs = Number(process.env.FUZZ_RUNS ?? 1200)

let host: TestHost
let sales: Sales
/** Ids of records by entity, and texts that are none. */
const real: Record<string, string> = {}
const ids: string[] = ['', 'nothing', '__proto__', 'constructor', '%00', '..', '%2e%2e%2f', 'a b', '😀', "'; drop table r_customer; --", '0', 'x'.repeat(300)]
let operations: { path: string; method: string; fields: string[] }[]

beforeAll(async () => {
  host = await startTestHost()
  sales = await hireStaff(host)
  const deal = await plannedContract(sales)
  Object.assign(real, { customer: deal.customer, project: deal.project, contract: deal.contract, quote: deal.quote, receivablePlan: deal.plans[0]!.id, user: sales.id.rep, department: sales.id.sales, product: ((await sales.as.rep.read('quote', deal.quote)).lines as { product: string }[])[0]!.product })
  ids.push(...Object.values(real), 'contract', 'customer', 'entity', 'flow', 'contractApproval')
  const described = await Promise.all((['director', 'finance', 'admin'] as const).map((name) => sales.as[name].must(sales.as[name].get<{ paths: Record<string, object>; components: { schemas: Record<string, { properties?: object }> } }>('/openapi.json'))))
  const fields = (path: string) => { const entity = /^\/records\/(\w+)/.exec(path)?.[1]; return Object.keys(described.find((d) => d.components.schemas[`${entity}Input`])?.components.schemas[`${entity}Input`]?.properties ?? {}) }
  operations = described.flatMap((d) => Object.entries(d.paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => ({ path, method: method.toUpperCase(), fields: fields(path) })))).filter(({ path }) => path !== '/session' && !path.includes('password'))
})
afterAll(() => host?.close())

const odd = fc.constantFrom<unknown>(null, true, false, 0, -1, 1.5, 1e300, 2 ** 53, '', ' ', 'x', '磁', '\u0000', '\ud800', '2026-02-30', '-0', '1e5', 'NaN', '__proto__', [], {}, [null], [[]], { $gt: 1 }, { toString: 1 }, { length: 1e9 }, 'x'.repeat(500))
const value = fc.oneof({ weight: 3, arbitrary: odd }, { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) })
const name = (fields: string[]) => fc.oneof(fc.constantFrom(...(fields.length > 0 ? fields : ['x']), 'id', 'rev', 'owner', 'createdAt', '__proto__', 'constructor'), fc.string({ maxLength: 8 }))

const filter = fc.letrec<{ filter: unknown }>((tie) => ({
  filter: fc.oneof({ depthSize: 'small' }, value, fc.record({ field: fc.constantFrom('name', 'customer.name', 'amount', 'status', 'owner', 'lines', 'createdAt', 'id', 'nope', '__proto__', 'a.b.c.d.e'), op: fc.constantFrom('eq', 'ne', 'lt', 'in', 'nin', 'contains', 'startsWith', 'between', 'empty', 'withinDays', 'me', 'myDepartment', 'nope', 'constructor'), value }), fc.record({ and: fc.array(tie('filter'), { maxLength: 3 }) }), fc.record({ not: tie('filter') })),
})).filter
const query = fc.record({
  filter: filter.map((f) => JSON.stringify(f) ?? ''), sort: fc.constantFrom('name', '-createdAt', 'lines', '', ',', '--name', 'nope', 'name,name,name'), limit: fc.constantFrom('1', '0', '-1', '1e3', '500', 'x', ''), page: fc.constantFrom('1', '0', '99999', '1.5', 'x'), cursor: fc.oneof(fc.constantFrom('', 'x', 'W10='), value.map((v) => Buffer.from(JSON.stringify([[v], 'x'])).toString('base64url'))),
  fields: fc.constantFrom('name', 'customer.name', 'a.b.c', ',', '__proto__', 'constructor.name'), expand: fc.constantFrom('customer', 'customer.owner', 'constructor', '__proto__', '...'), q: fc.string({ maxLength: 30 }), count: fc.constantFrom('exact', 'none', 'x'), titles: fc.constantFrom('true', 'x'), view: fc.constantFrom('contractTable', '__proto__'), version: fc.constantFrom('1', '-1', 'x'), box: fc.constantFrom('todo', 'x'), deleted: fc.constantFrom('true'),
}).chain((all) => fc.subarray(Object.keys(all) as (keyof typeof all)[], { maxLength: 2 }).map((names) => Object.fromEntries(names.map((n) => [n, all[n]]))))
const headers = fc.record({ 'if-match': fc.constantFrom('"1"', '1', '*', 'W/"2"', '"99999999999999999999"', '""'), 'accept-language': fc.constantFrom('zh', 'en;q=0', '*', ',,;', 'x'.repeat(500)), 'idempotency-key': fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 20 }) }, { requiredKeys: [] })

const request = fc.record({ at: fc.nat(), who: fc.constantFrom<Staff>('rep', 'director', 'finance', 'admin'), ids: fc.array(fc.nat(), { minLength: 3, maxLength: 3 }), query, headers, shape: fc.nat({ max: 5 }), seed: fc.array(fc.tuple(fc.nat(), value), { maxLength: 6 }), whole: value, raw: fc.string({ unit: 'binary', maxLength: 50 }) })

test(`${runs} odd requests`, () => fc.assert(fc.asyncProperty(request, async (r) => {
  const { path, method, fields } = operations[r.at % operations.length]!
  let i = 0
  const own = real[/^\/records\/(\w+)/.exec(path)?.[1] ?? '']
  const filled = path.replace(/\{\w+\}/g, () => { const n = r.ids[i++ % 3]!; return own !== undefined && n % 3 > 0 ? own : encodeURI(ids[n % ids.length]!) })
  const names = fc.sample(name(fields), { numRuns: 6, seed: r.at })
  const record = Object.fromEntries(r.seed.map(([n, v]) => [names[n % names.length]!, v]))
  const bodies = [undefined, r.whole, record, { input: record, fields: record, to: 'won', decision: 'approve', measures: [{ op: 'sum', field: names[0] }], filter: r.whole }, { kind: ids[r.ids[1]! % ids.length], name: ids[r.ids[2]! % ids.length], ...record }]
  const body = bodies[r.shape]
  const sent = method === 'GET' ? {} : r.shape === 5 ? { raw: r.raw } : { body }
  const { status, body: answer } = await sales.as[r.who].request<{ code?: string }>(method, filled, { ...sent, query: r.query, headers: r.headers })
  expect({ method, filled, status: status < 500 }).toEqual({ method, filled, status: true })
  // 431 comes from Node itself, before the request is read.
  if (status >= 400 && status !== 431) expect(answer.code).toEqual(expect.any(String))
}), { numRuns: runs, interruptAfterTimeLimit: 60_000, markInterruptAsFailure: true }), 90_000)
