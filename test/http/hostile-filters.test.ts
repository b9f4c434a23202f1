/** Hostile filters on lists and aggregates: each is refused as a whole with a 400 that says why, or answered; none ends in a 500. */
import type { Client, ProblemBody } from '../support/client'
import { startTestHost, type TestHost } from '../support/host'
import { customerInput, hireStaff } from '../support/sales'

let host: TestHost, rep: Client
beforeAll(async () => {
  host = await startTestHost()
  rep = (await hireStaff(host)).as.rep
  await rep.create('customer', customerInput())
})
afterAll(() => host?.close())

const nested = (depth: number) => `${'{"not":'.repeat(depth)}{"field":"name","op":"empty"}${'}'.repeat(depth)}`
const comparison = (field: unknown, op: unknown, value?: unknown) => JSON.stringify({ field, op, value })

const refused: [name: string, filter: string][] = [
  ['no JSON', '{"field":'], ['a number', '5'], ['a text', '"name"'], ['null', 'null'], ['a list', '[]'], ['nothing said', '{}'],
  ['an unknown field', comparison('colour', 'eq', 'red')], ['a field of JavaScript', comparison('__proto__', 'eq', 'x')], ['its constructor', comparison('constructor', 'notEmpty')], ['a path through it', comparison('owner.__proto__.name', 'eq', 'x')],
  ['a path of no reference', comparison('name.length', 'eq', 1)], ['a long path', comparison('parent.parent.parent.parent.parent.name', 'eq', 'x')], ['a column of a store', comparison('f_name', 'eq', 'x')], ['sql in a field', comparison('name" OR 1=1 --', 'eq', 'x')],
  ['a field that is a list', comparison(['name'], 'eq', 'x')], ['an operator of JavaScript', comparison('name', 'constructor', 'x')], ['an unknown operator', comparison('name', 'like', '%')], ['an operator of a store', comparison('name', '$where', '1')], ['an operator that is an object', comparison('name', {}, 'x')],
  ['an operator of another type', comparison('name', 'lt', 'x')], ['no value', comparison('name', 'eq')], ['a null', comparison('name', 'eq', null)], ['an object', comparison('name', 'eq', { $ne: null })], ['a list for one', comparison('name', 'eq', ['x'])],
  ['one for a list', comparison('name', 'in', 'x')], ['a huge list', comparison('name', 'in', Array.from({ length: 1001 }, () => 'x'))], ['a list of objects', comparison('name', 'in', [{}])], ['a pair of three', comparison('foundedYear', 'between', [1, 2, 3])], ['a number beyond all', '{"field":"foundedYear","op":"gt","value":1e400}'],
  ['a place that is not', comparison('address', 'within', '999999')], ['a place as a list', comparison('address', 'within', ['330000'])], ['a text too long to look for', comparison('name', 'contains', 'x'.repeat(201))], ['nothing to look for', comparison('name', 'contains', '')],
  ['nested deeply', nested(13)], ['nested very deeply', nested(150)], ['too many conditions', JSON.stringify({ or: Array.from({ length: 201 }, () => ({ field: 'name', op: 'empty' })) })], ['and that is no list', '{"and":{"field":"name","op":"empty"}}'], ['a list of nothing', '{"and":[null]}'],
]

describe.each(refused)('%s', (_name, filter) => {
  test('on a list', async () => {
    const { status, body } = await rep.get<ProblemBody>('/records/customer', { filter })
    expect({ status, detail: typeof body.detail }).toEqual({ status: 400, detail: 'string' })
  })

  test('on an aggregate', async () => {
    const { status, body } = await rep.request<ProblemBody>('POST', '/records/customer/aggregate', { raw: `{"groupBy":["type"],"measures":[{"op":"count"}],"filter":${filter}}` })
    expect({ refused: [400, 422].includes(status), detail: typeof body.detail }).toEqual({ refused: true, detail: 'string' })
  })
})

test('all that is wrong is said at once', async () => {
  const { body } = await rep.get<ProblemBody>('/records/customer', { filter: JSON.stringify({ and: [{ field: 'colour', op: 'eq', value: 1 }, { field: 'name', op: 'lt', value: 'x' }, { field: 'foundedYear', op: 'eq', value: 'old' }] }) })
  for (const name of ['colour', 'name', 'foundedYear']) expect(JSON.stringify(body)).toContain(name)
})
