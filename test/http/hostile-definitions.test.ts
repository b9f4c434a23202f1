/**
 * Definitions made to hurt, through every door that takes definitions: refused with their faults, in bounded work and memory, and the
 * server goes on. Work is CPU time of this process (server and client), so that a busy machine does not count.
 */
import type { Definition, Entity } from '../../schemas/generated/types'
import { entity, field, label, role } from '../support/catalog'
import type { Client, ProblemBody } from '../support/client'
import { startTestHost, type TestHost } from '../support/host'
import { everythingKept } from '../support/sales'

const published: Definition[] = [
  entity('thing', [field('text', 'name')]),
  role('builder', { capabilities: ['studio'], grants: ['thing', 'user'].map((name) => ({ entity: name, verbs: ['create', 'read', 'update', 'delete'], scope: 'all' as const })) }),
]

let host: TestHost
let ann: Client
beforeAll(async () => {
  host = await startTestHost({ documents: published })
  await host.addUser({ username: 'ann', roles: ['builder'] })
  ann = await host.signIn('ann')
})
afterAll(() => host?.close())

const many = <T>(count: number, make: (i: number) => T) => Array.from({ length: count }, (_, i) => make(i))
const formula = (name: string, source: string, type = 'decimal') => field('formula', name, { formula: source, result: { type } })
const texts = (...names: string[]) => names.map((name) => field('text', name))
const view = (filter: unknown) => ({ kind: 'view', name: 'hostile', entity: 'thing', label, type: 'table', columns: [{ field: 'name' }], filter })
const nested = (levels: number): unknown => (levels === 0 ? { field: 'name', op: 'empty' } : { not: nested(levels - 1) })
const doc = (body: object) => body as Definition
/** A circle of so many entities, each of which reads the next. */
const circle = (count: number, reading: (i: number) => Entity['fields'][number]) => many(count, (i) => entity(`e${i}`, [field('text', 'name'), field('reference', 'next', { entity: `e${(i + 1) % count}` }), reading(i)]))

/** Expected: exactly these faults; or, where there are very many, that these are among them. */
interface Hostile { documents: () => Definition[]; exactly?: string[]; among?: string[] }

const hostile: Record<string, Hostile> = {
  // size
  'ten thousand fields': { documents: () => [entity('big', many(10_000, (i) => field('text', `f${i}`)))], exactly: ['big /fields badMember'] },
  'ten thousand bad fields': { documents: () => [entity('big', many(10_000, (i) => ({ ...field('text', `F${i}`), odd: 1 })))], among: ['big /fields badMember', 'big /fields/0/odd unknownMember', 'big /fields/0/name badMember', 'big  more'] },
  'a thousand bad documents': { documents: () => many(1000, (i) => doc({ kind: 'entity', name: `bad-${i}` })), among: ['bad-0 /name badMember', 'bad-0  missingMember', 'bad-99 /name badMember'] },
  'five hundred options of one value': { documents: () => [entity('choice', [field('text', 'name'), field('enum', 'one', { options: many(500, () => ({ value: 'same', label })) })])], among: ['choice /fields/1/options/1/value duplicateName', 'choice /fields/1/options/499/value duplicateName'] },
  'a chain of two thousand dictionary entries': { documents: () => [doc({ kind: 'dictionary', name: 'chain', label, items: many(2000, (i) => ({ value: `v${i}`, label, parent: `v${(i + 1) % 2000}` })) })], among: ['chain /items/0/parent cycle', 'chain  more'] },
  'a thousand edges': { documents: () => [doc({ kind: 'flow', name: 'maze', entity: 'thing', label, nodes: many(200, (i) => ({ id: `n${i}`, type: 'exclusive', label })), edges: many(1000, (i) => ({ id: `e${i}`, source: `n${i % 200}`, target: `n${(i * 7) % 200}` })) })], among: ['maze /nodes flowStartCount', 'maze /nodes/0 flowEdges', 'maze /nodes/1 flowLoop'] },
  'a unique rule of ten thousand conditions, twenty times': {
    documents: () => [entity('rules', texts('name'), { unique: many(20, () => ({ fields: ['name', 'name'], when: { and: many(100, () => ({ field: 'name', op: 'in' as const, value: many(100, () => 'x') })) } })) })],
    exactly: [...many(20, (i) => `rules /unique/${i}/fields/1 duplicateName`), ...many(19, (i) => `rules /unique/${i + 1} badMember`)],
  },

  // circles
  'a circle of a thousand references': { documents: () => circle(1000, () => formula('f', 'next.f', 'text')), exactly: ['e0 /fields cycle'] },
  'a circle of a thousand roll-ups': { documents: () => circle(1000, (i) => field('rollup', 'f', { rollup: { entity: `e${(i + 999) % 1000}`, via: 'next', op: 'sum', field: 'f' } })), exactly: ['e0 /fields cycle'] },
  'formulas that all read each other': { documents: () => [entity('dense', [field('text', 'name'), ...many(300, (i) => formula(`f${i}`, many(300, (j) => `f${j}`).join('+')))])], among: ['dense /fields cycle'] },

  // expressions
  'a formula of almost a megabyte': { documents: () => [entity('long', [field('text', 'name'), formula('f', `${'1+'.repeat(400_000)}1`)])], exactly: ['long /fields/1/formula badMember'] },
  'two thousand brackets': { documents: () => [entity('long', [field('text', 'name'), formula('f', `${'('.repeat(1990)}1${')'.repeat(1990)}`)])], exactly: ['long /fields/1/formula badExpression'] },
  'four thousand negations': { documents: () => [entity('long', [field('text', 'name'), formula('f', `${'!'.repeat(3990)}true`, 'boolean')])], exactly: ['long /fields/1/formula badExpression'] },
  'a regular expression': { documents: () => [entity('regex', [field('text', 'name'), formula('f', "name.matches('(a+)+$')", 'boolean')])], exactly: ['regex /fields/1/formula badExpression'] },

  // filters
  'a filter forty levels deep': { documents: () => [doc(view(nested(40)))], exactly: ['hostile /filter badFilter'] },
  'a filter of a thousand conditions': { documents: () => [doc(view({ and: many(100, () => ({ or: many(10, () => ({ field: 'name', op: 'empty' })) })) }))], exactly: ['hostile /filter badFilter'] },
  'a filter on what JavaScript has': { documents: () => [doc(view({ or: ['__proto__', 'constructor', 'toString.length'].map((name) => ({ field: name, op: 'empty' })) }))], exactly: many(3, () => 'hostile /filter badFilter') },

  // names
  'reserved names': {
    documents: () => [entity('names', texts('title', 'constructor', 'prototype', 'toString', 'valueOf', 'hasOwnProperty', 'id', 'rev', 'owner', 'deletedAt', 'me', 'today'))],
    exactly: many(11, (i) => `names /fields/${i + 1}/name reservedName`),
  },
  'documents named after what objects have': { documents: () => ['constructor', 'toString', 'valueOf'].map((name) => entity(name, texts('a'))), exactly: ['constructor', 'toString', 'valueOf'].map((name) => `${name} /name reservedName`) },
  'a document named __proto__': { documents: () => [entity('__proto__', texts('a'))], exactly: ['__proto__ /name badMember'] },
  'a kind that is none': { documents: () => [doc({ kind: 'constructor', name: 'x' })], exactly: ['x  badMember'] },
  'four hundred fields of one uid': { documents: () => [entity('twice', many(400, (i) => field('text', `f${i}`, { uid: 'same' })))], exactly: many(399, (i) => `twice /fields/${i + 1}/uid duplicateName`) },
  'identities that every record has': { documents: () => [entity('uids', ['id', 'REV', 'Owner', '__proto__', 'deletedAt'].map((uid, i) => field('text', `f${i}`, { uid })))], exactly: many(5, (i) => `uids /fields/${i}/uid reservedName`) },
  'fields that differ in capitals only': { documents: () => [entity('capitals', texts('fooBar', 'foobar'))], exactly: ['capitals /fields/1/name duplicateName'] },
  'uids that differ in capitals only': { documents: () => [entity('capitals', [field('text', 'a', { uid: 'Same' }), field('text', 'b', { uid: 'sAME' })])], exactly: ['capitals /fields/1/uid duplicateName'] },
  'entities that differ in capitals only': { documents: () => [entity('someThing', texts('a')), entity('something', texts('a'))], exactly: ['something /name duplicateName'] },
  'an entity like one that is there but for capitals': { documents: () => [entity('tHING', texts('a'))], exactly: ['tHING /name duplicateName'] },
  'columns that rows have': { documents: () => [entity('rows', [field('text', 'a'), field('lines', 'l', { fields: texts('id', 'parent', 'position', 'aB', 'ab') })])], exactly: [...many(3, (i) => `rows /fields/1/fields/${i}/name reservedName`), 'rows /fields/1/fields/4/name duplicateName'] },
  'columns of one uid': { documents: () => [entity('rows', [field('text', 'a'), field('lines', 'l', { fields: [field('text', 'b', { uid: 'u' }), field('text', 'c', { uid: 'U' }), field('text', 'd', { uid: 'parent' })] })])], exactly: ['rows /fields/1/fields/1/uid duplicateName', 'rows /fields/1/fields/2/uid reservedName'] },
  'rules of one id': { documents: () => [entity('rules', texts('a'), { validations: many(3, () => ({ id: 'same', rule: 'a == a', message: label })) })], exactly: ['rules /validations/1/id duplicateName', 'rules /validations/2/id duplicateName'] },

  // texts
  'texts that cannot be stored': { documents: () => [entity('texts', [field('text', 'a', { label: { en: 'half \ud800', zh: 'nul \u0000' }, help: { en: 'bell \u0007', zh: 'ok \u200f' } })])], exactly: ['texts /fields/0/help/en badText', 'texts /fields/0/label/en badText', 'texts /fields/0/label/zh badText'] },
}

const told = (problems: unknown) => (problems as { key: string; path: string; code: string }[]).map((p) => `${p.key} ${p.path} ${p.code}`).sort()
type Answered = ProblemBody & { valid?: boolean }
/** Generous: what is refused in bounded work takes a tenth of it. */
const most = { cpuSeconds: 6, heapMegabytes: 200, answerBytes: 2_000_000 }

async function bounded(door: string, ask: () => Promise<{ status: number; body: Answered }>) {
  const [cpu, heap] = [process.cpuUsage(), process.memoryUsage().heapUsed]
  const { status, body } = await ask()
  const { user, system } = process.cpuUsage(cpu)
  const spent = { door, status: status < 500, cpu: (user + system) / 1e6 < most.cpuSeconds, heap: (process.memoryUsage().heapUsed - heap) / 1e6 < most.heapMegabytes, answer: JSON.stringify(body ?? null).length < most.answerBytes }
  expect(spent).toEqual({ door, status: true, cpu: true, heap: true, answer: true })
  expect(await ann.get('/health/live')).toMatchObject({ status: 200 })
  return { status, body }
}

describe.each(Object.entries(hostile))('%s', (_, { documents, exactly, among = [] }) => {
  const expected = (problems: unknown) => { if (exactly) expect(told(problems)).toEqual([...exactly].sort()); else expect(told(problems)).toEqual(expect.arrayContaining(among)) }

  test('is refused before it is kept', async () => {
    const [kept, definitions] = [await everythingKept(host), documents()]
    const checked = await bounded('validate', () => ann.post('/definitions/validate', { definitions }))
    expect(checked.body.valid).toBe(false)
    expected(checked.body.problems)
    const previewed = await bounded('preview', () => ann.post('/bundles/preview', { definitions }))
    expected(previewed.body.problems)
    const imported = await bounded('import', () => ann.post('/bundles', { definitions }))
    expect(imported.status).toBe(422)
    expect(await everythingKept(host)).toBe(kept)
  })

  test('is refused when it is published', async () => {
    const definitions = documents().slice(0, 3)
    const paths = definitions.map((d) => `/definitions/${d.kind}/${d.name}`)
    for (const [i, path] of paths.entries()) await bounded('draft', () => ann.put(path, definitions[i]))
    await bounded('drafts', () => ann.get('/definitions/drafts'))
    await bounded('impact', () => ann.get('/definitions/drafts/impact'))
    expect([409, 422]).toContain((await bounded('publish', () => ann.post('/releases'))).status)
    for (const path of paths) await bounded('discard', () => ann.delete(path))
  })
})

test('what nests deeper than any definition is refused unread', async () => {
  const raw = JSON.stringify({ definitions: [view('@')] }).replace('"@"', `${'{"not":'.repeat(50_000)}{}${'}'.repeat(50_000)}`)
  for (const path of ['/definitions/validate', '/bundles/preview', '/bundles']) {
    expect(await bounded(path, () => ann.request('POST', path, { raw }))).toMatchObject({ status: 400, body: { code: 'tooDeep' } })
  }
  expect(await bounded('draft', () => ann.request('PUT', '/definitions/view/hostile', { raw }))).toMatchObject({ status: 400, body: { code: 'tooDeep' } })
  const quoted = await bounded('brackets in a text', () => ann.post('/definitions/validate', { definitions: [entity('quoted', texts('a'), { label: { en: '[{\\"'.repeat(90), zh: '[' } })] }))
  expect(quoted).toMatchObject({ status: 200, body: { valid: true } })
})

test('a body beyond the limit is 413', async () => {
  const raw = JSON.stringify({ definitions: [entity('long', [field('text', 'name'), formula('f', '1+'.repeat(2_600_000))])] })
  for (const path of ['/definitions/validate', '/bundles/preview', '/bundles']) expect(await bounded(path, () => ann.request('POST', path, { raw }))).toMatchObject({ status: 413, body: { code: 'tooLargeBody' } })
})

test('the same document twice is refused', async () => {
  const definitions = [entity('once', texts('a')), entity('once', texts('b'))]
  const { body } = await ann.post<ProblemBody>('/definitions/validate', { definitions })
  expect(told(body.problems)).toEqual(['once /name duplicateName'])
  expect((await ann.post('/bundles', { definitions })).status).toBe(422)
})

test('names that only look dangerous are names', async () => {
  const names = ['then', 'toJSON', 'length', 'size', 'select', 'rowid', 'oid', 'group', 'order', 'null', 'true', 'in']
  await ann.must(ann.post('/bundles', { definitions: [entity('odd', texts('title', ...names)), { ...published[1], grants: [...(published[1] as { grants: object[] }).grants, { entity: 'odd', verbs: ['create', 'read', 'update', 'delete'], scope: 'all' }] }] }))
  const values = Object.fromEntries(names.map((name) => [name, `value of ${name}`]))
  const { id } = await ann.create('odd', { title: 't', ...values })
  expect(await ann.read('odd', id)).toMatchObject(values)
  for (const name of names) expect((await ann.list('odd', { sort: `-${name}`, fields: name }, { field: name, op: 'contains', value: 'of' } as never)).items).toEqual([{ id, rev: 1, [name]: values[name] }])
  expect((await ann.list('odd', { q: 'value of' })).items.length).toBeLessThanOrEqual(1)
})
