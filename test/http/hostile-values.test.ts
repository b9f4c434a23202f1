/**
 * Hostile values over HTTP for every field type, as the value of a new record, of a change, of a row and of an action's form: each is
 * refused with its reason, or kept and given back as it was answered. Nothing ends in a 500 (closing the host fails then).
 */
import { fieldTypes, type FieldTypeName } from '../../schemas/field-types'
import type { Definition, Field } from '../../schemas/generated/types'
import type { FieldExamples, FieldType } from '../../schemas/field-types/field-type'
import type { Client, ProblemBody } from '../support/client'
import { startTestHost, type TestHost } from '../support/host'
import { tester } from '../support/places'

const label = { en: 'Label', zh: '标签' }
const writable = (Object.entries(fieldTypes) as [FieldTypeName, FieldType][]).filter(([, type]) => !type.computed).map(([name]) => name)
const examplesOf = (type: string) => jest.requireActual<{ examples: FieldExamples[] }>(`../../schemas/field-types/${type}/examples.ts`).examples[0]!

const fieldOf = (type: FieldTypeName): Field => ({ name: 'value', type, label, ...examplesOf(type).field }) as Field
const inRows = (type: FieldTypeName) => { const { ofRecord, rows } = fieldTypes[type] as FieldType; return !ofRecord && !rows }
const places: Definition = { kind: 'dictionary', name: 'places', label, items: [{ value: 'zj', label }, { value: 'hz', label }] }
const entities = writable.map((type): Definition => ({
  kind: 'entity', name: `t${type}`, label, titleField: 'title', ownership: 'none',
  fields: [{ name: 'title', type: 'text', label, required: true, maxLength: 20 }, fieldOf(type), ...(!inRows(type) ? [] : [{ name: 'rows', type: 'lines', label, fields: [fieldOf(type)] } as Field])],
}))
const actions = writable.map((type): Definition => ({
  kind: 'action', name: `put${type[0]!.toUpperCase()}${type.slice(1)}`, entity: `t${type}`, label,
  input: [fieldOf(type)], steps: [{ id: 'put', kind: 'setField', values: { title: "'done'" } }],
}) as Definition)

/** JSON texts, so that what JavaScript cannot say can be sent too. */
const hostile: Record<string, string> = {
  'a number beyond all': '1e400', 'a number below all': '-1e400', 'a tiny number': '1e-400', 'beyond 2^53': '9007199254740993', 'a long number': '9'.repeat(400), 'minus zero': '-0', 'money beyond the store': '"99999999999999.99"',
  'many decimals': '"1.0000000000000000000000001"', 'NaN as text': '"NaN"', 'Infinity as text': '"Infinity"', 'a hexadecimal number': '"0x1F"', 'an exponent as text': '"1e5"',
  'half a surrogate pair': '"\\ud800"', 'the other half': '"x\\udc00x"', 'a zero byte': '"a\\u0000b"', 'a bell': '"\\u0007"', 'text that turns round': '"\\u202eabc"', 'a noncharacter': '"\\ufffe\\ufdd0\\uffff"', 'signs of the stored form': '"\\ufdd0\\ufdd1\\ufdd2"',
  'a day that was not': '"2026-02-30"', 'a month that is not': '"2026-13-01"', 'the year zero': '"0000-00-00"', 'a year of six digits': '"+275760-09-13T00:00:00.000Z"', 'an hour that is not': '"2026-01-01T25:61:61Z"', 'a date with more': '"2026-01-01; drop table"',
  'a name of JavaScript': '"__proto__"', 'its constructor': '"constructor"', 'a polluting object': '{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}', 'toString': '{"toString": 1, "valueOf": 2, "hasOwnProperty": 3}',
  'an operator of a store': '{"$ne": null}', 'a query': '{"$where": "sleep(1000)"}', 'sql': "\"'; DROP TABLE user; --\"", 'an expression': '"me.roles"', 'a template': '"{{constructor.constructor(\'return 1\')()}}"', 'a script': '"<script>alert(1)</script><img src=x onerror=alert(1)>"', 'a script address': '"javascript:alert(1)"',
  'a path': '"../../../etc/passwd"', 'a nested list': `${'['.repeat(900)}${']'.repeat(900)}`, 'a nested object': `${'{"a":'.repeat(900)}1${'}'.repeat(900)}`, 'an empty object': '{}', 'an empty list': '[]', 'a list of nothing': '[null, null]', 'a list of objects': '[{}, {"id": {}}]', 'true': 'true', 'a long list': `[${'"x",'.repeat(5000)}"x"]`,
  'a long text': `"${'x'.repeat(300_000)}"`, 'many spaces': `"${' '.repeat(100_000)}x"`, 'many digits and letters': `"${'1h '.repeat(30_000)}!"`, 'many entities': `"${'&amp;'.repeat(30_000)}"`, 'many open tags': `"${'<b>'.repeat(30_000)}"`,
}

let host: TestHost, ann: Client
const known: Record<string, string> = {}

beforeAll(async () => {
  const documents = [places, ...entities, ...actions]
  host = await startTestHost({ documents: [...documents, tester([...documents, { kind: 'entity', name: 'user' } as Definition])], today: '2026-06-15' })
  await host.addUser({ username: 'ann', roles: ['tester'] })
  ann = await host.signIn('ann')
  for (const type of writable) known[type] = (await ann.create(`t${type}`, { title: 'known' })).id
})
afterAll(() => host?.close())

const under = (problems: ProblemBody['problems'], start: string) => problems.length > 0 && problems.every(({ path }) => path === '' || path.startsWith(start))

describe.each(writable)('%s', (type) => {
  const entity = `t${type}`

  test.each(Object.entries(hostile))('%s', async (_name, json) => {
    const created = await ann.request<ProblemBody & { id: string; value: unknown }>('POST', `/records/${entity}`, { raw: `{"title": "new", "value": ${json}}` })
    const changed = await ann.request<ProblemBody & { value: unknown }>('PATCH', `/records/${entity}/${known[type]}`, { raw: `{"value": ${json}}` })
    const accepted = created.status === 201
    expect([created.status, changed.status]).toEqual(accepted ? [201, 200] : [created.status, created.status])
    if (accepted) {
      expect((await ann.read(entity, created.body.id)).value).toEqual(created.body.value)
      expect(changed.body.value).toEqual(created.body.value)
    } else {
      expect([400, 413, 422]).toContain(created.status)
      if (created.status === 422) expect({ problems: created.body.problems, ok: under(created.body.problems, '/value') }).toMatchObject({ ok: true })
    }
    const acted = await ann.request<ProblemBody>('POST', `/records/${entity}/${known[type]}/actions/put${type[0]!.toUpperCase()}${type.slice(1)}`, { raw: `{"input": {"value": ${json}}}` })
    expect(acted.status).toBe(accepted ? 200 : created.status)
    if (acted.status === 422) expect({ problems: acted.body.problems, ok: under(acted.body.problems.map((p) => ({ ...p, path: p.path.replace(/^\/input/, '') })), '/value') }).toMatchObject({ ok: true })
    if (inRows(type)) {
      const rows = await ann.request<ProblemBody>('PATCH', `/records/${entity}/${known[type]}`, { raw: `{"rows": [{}, {"value": ${json}}, {"value": ${json}}]}` })
      expect(rows.status).toBe(accepted ? 200 : created.status)
      // Every row is told of, unless there is more than is said of one request.
      if (rows.status === 422) for (const at of ['/rows/1/value', '/rows/2/value']) expect({ problems: rows.body.problems, ok: rows.body.problems.some(({ path, code }) => path.startsWith(at) || code === 'more') }).toMatchObject({ ok: true })
    }
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
  })

  test('every reason comes back at once', async () => {
    const bad = examplesOf(type).invalid.find(({ input }) => !(typeof input === 'string' && input.startsWith('@')))!
    const { status, body } = await ann.post<ProblemBody>(`/records/${entity}`, { title: 'far too long to be a title', value: bad.input })
    expect(status).toBe(422)
    expect(body.problems.map(({ path }) => path.split('/')[1])).toEqual(expect.arrayContaining(['value']))
  })
})

const big = 'x'.repeat(10_000_000)
const inText = { value: big }
describe('a text of 10 MB is refused before it is read', () => {
  test.each([
    ['a new record', 'POST', '/records/ttext', { title: 'new', ...inText }], ['a change', 'PATCH', '/records/ttext/known', inText], ['a row', 'PATCH', '/records/ttext/known', { rows: [inText] }], ['the form of an action', 'POST', '/records/ttext/known/actions/putText', { input: inText }],
    ['a look for records alike', 'POST', '/records/ttext/duplicates', { values: inText }], ['a sum', 'POST', '/records/ttext/aggregate', { measures: [{ op: 'count' }], q: big }], ['a view', 'POST', '/me/views', { entity: 'ttext', name: big }], ['signing in', 'POST', '/session', { username: big, password: big }],
  ])('as %s', async (_, method, path, body) => {
    const { status, body: problem } = await ann.request<ProblemBody>(method, path.replace('known', known.text!), { body })
    expect({ status, code: problem.code }).toEqual({ status: 413, code: 'tooLargeBody' })
  })

  test('and in the address', async () => {
    const { status } = await ann.request('GET', `/records/ttext?q=${'x'.repeat(100_000)}`).catch(() => ({ status: 431 }))
    expect(status).toBe(431)
  })

  test('the next request is answered', async () => expect((await ann.get('/records/ttext')).status).toBe(200))
})
