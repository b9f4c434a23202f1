/** Rule 14 of flows.md, M50 and M85 of domain.md: the rule valid on the day of signing is stamped, and nothing published later reaches back. */
import type { Definition, RuleTable, RuleVersion } from '../../schemas/generated/types'
import { entity, field, label, role } from '../support/catalog'
import type { Client } from '../support/client'
import { faults, studioOf } from '../support/drafts'
import { startTestHost, type TestHost } from '../support/host'

const today = '2026-06-15'
const version = (id: string, validFrom: string, rate: string, members: Partial<RuleVersion> = {}): RuleVersion => ({
  id, validFrom, rows: [{ id: 'small', when: { amount: { lt: '1000' } }, then: { rate } }, { id: 'large', when: { amount: { lt: '9000' } }, then: { rate: '1' } }], ...members,
})
const fees: RuleTable = {
  kind: 'ruleTable', name: 'fees', label, inputs: [{ name: 'amount', label, type: 'decimal' }], outputs: [{ name: 'rate', label, type: 'decimal' }],
  versions: [version('v1', '2025-01-01', '3'), version('v2', '2026-01-01', '4'), version('v3', '2027-01-01', '5')],
}
const step = (values: Record<string, string>, more: object = {}) => ({ id: 'fee', kind: 'applyRule' as const, table: 'fees', asOf: 'signedOn', inputs: { amount: 'amount' }, versionField: 'feeRule', values, ...more })
const documents: Definition[] = [
  fees,
  entity('deal', [
    field('text', 'name'), field('money', 'amount'), field('date', 'signedOn'), field('text', 'feeRule', { readOnly: true }), field('percent', 'feeRate', { readOnly: true }), field('money', 'due', { readOnly: true }),
    field('formula', 'fee', { formula: 'amount * feeRate / 100', result: { type: 'money' } }),
  ]),
  { kind: 'action', name: 'sign', entity: 'deal', label, input: [field('date', 'on', { required: true })], steps: [{ id: 's', kind: 'setField', values: { signedOn: 'input.on' } }, step({ feeRate: 'rule.rate' })] },
  { kind: 'action', name: 'settle', entity: 'deal', label, steps: [step({ due: 'amount * coalesce(rule.rate, 0) / 100' }, { asOf: 'today' })] },
  role('builder', { capabilities: ['studio'], grants: [{ entity: 'deal', verbs: ['create', 'read', 'update'], scope: 'all', actions: ['sign', 'settle'] }, { entity: 'user', verbs: ['read'], scope: 'all' }] }),
  role('rep', { grants: [{ entity: 'deal', verbs: ['read'], scope: 'all' }] }),
]

let host: TestHost
let ann: Client
let studio: ReturnType<typeof studioOf>
beforeEach(async () => {
  host = await startTestHost({ documents, today })
  await host.addUser({ username: 'ann', roles: ['builder'] })
  ann = await host.signIn('ann')
  studio = studioOf(ann)
})
afterEach(() => host?.close())

const signed = async (on: string, amount = '500') => {
  const { id } = await ann.create('deal', { name: 'a', amount })
  await ann.must(ann.action('deal', id, 'sign', { on }))
  return id
}
const publish = async (edit: (versions: RuleVersion[]) => RuleVersion[]) => {
  await studio.change<RuleTable>('ruleTable', 'fees', (t) => ({ ...t, versions: edit(t.versions) }))
  return studio.publish()
}
const added = (...versions: RuleVersion[]) => publish((there) => [...there, ...versions])

test('rule 14: the version valid on the day of signing is stamped, with what it gives', async () => {
  expect(await ann.read('deal', await signed('2025-12-31'))).toMatchObject({ feeRule: 'v1', feeRate: '3.00', fee: '15.00' })
  expect(await ann.read('deal', await signed('2026-01-01'))).toMatchObject({ feeRule: 'v2', feeRate: '4.00', fee: '20.00' })
  expect(await ann.read('deal', await signed('2026-01-01', '1000'))).toMatchObject({ feeRule: 'v2', feeRate: '1.00' })
  expect(await ann.read('deal', await signed('2026-01-01', '9000'))).toMatchObject({ feeRule: 'v2', feeRate: null, fee: null })
})

test('before the first version nothing can be signed, and nothing is changed', async () => {
  const { id } = await ann.create('deal', { name: 'a', amount: '1' })
  expect((await ann.action('deal', id, 'sign', { on: '2024-12-31' })) as { body: unknown }).toMatchObject({ status: 422, body: { code: 'noRuleVersion' } })
  expect(await ann.read('deal', id)).toMatchObject({ signedOn: null, feeRule: null, rev: 1 })
})

test('rule 14: a later version, a correction and a back-dated version change nothing that is signed, now or when it is calculated again', async () => {
  const id = await signed('2026-03-01')
  const before = await ann.read('deal', id)
  expect((await added(version('v2b', '2026-01-01', '50', { corrects: 'v2', backdated: true }), version('v1b', '2025-06-01', '60', { backdated: true }), version('v4', '2028-01-01', '70'))).status).toBe(201)
  expect(await ann.read('deal', id)).toEqual(before)
  await ann.must(ann.action('deal', id, 'settle'))
  expect(await ann.read('deal', id)).toMatchObject({ feeRule: 'v2', feeRate: '4.00', due: '20.00' })
  // Even signing once more: the record carries its version.
  await ann.must(ann.action('deal', id, 'sign', { on: '2026-03-02' }))
  expect(await ann.read('deal', id)).toMatchObject({ feeRule: 'v2', feeRate: '4.00' })
  // What is signed from now on follows the correction.
  expect(await ann.read('deal', await signed('2026-03-01'))).toMatchObject({ feeRule: 'v2b', feeRate: '50.00' })
  expect(await ann.read('deal', await signed('2025-07-01'))).toMatchObject({ feeRule: 'v1b', feeRate: '60.00' })
})

test('a version in force or carried by a record cannot change or go; what has not begun can', async () => {
  const edit = (id: string, members: Partial<RuleVersion>) => publish((all) => all.map((v) => (v.id === id ? { ...v, ...members } : v)))
  const frozen = async (answer: ReturnType<typeof publish>) => { const { status, body } = await answer; await studio.discard('ruleTable', 'fees'); return [status, ...faults(body.problems)] }
  const rows = version('x', '', '9').rows
  expect(await frozen(edit('v1', { rows }))).toEqual([422, 'ruleTable fees /versions/0 ruleVersionInUse'])
  expect(await frozen(edit('v2', { validFrom: '2026-01-02' }))).toEqual([422, 'ruleTable fees /versions/1 ruleVersionInUse'])
  expect(await frozen(edit('v2', { validTo: '2026-06-14' }))).toEqual([422, 'ruleTable fees /versions/1 ruleVersionInUse'])
  expect(await frozen(publish((all) => all.slice(1)))).toEqual([422, 'ruleTable fees /versions ruleVersionInUse'])
  expect((await edit('v3', { rows })).status).toBe(201)
  expect((await edit('v2', { validTo: '2026-06-15', note: label })).status).toBe(201)
  await signed('2027-02-01')
  expect(await frozen(edit('v3', { rows: version('x', '', '7').rows }))).toEqual([422, 'ruleTable fees /versions/2 ruleVersionInUse'])
})

test('what the table is asked belongs to its versions', async () => {
  await studio.change<RuleTable>('ruleTable', 'fees', (t) => ({ ...t, hit: 'collect' }))
  expect(faults((await studio.publish()).body.problems)).toContain('ruleTable fees /versions/0 ruleVersionInUse')
})

test('a version that begins before it is published says so', async () => {
  const { status, body } = await added(version('late', '2026-05-01', '9'))
  expect([status, ...faults(body.problems)]).toEqual([422, 'ruleTable fees /versions/3/validFrom ruleBackdated'])
})

test('rates are for the studio: others are not given the table', async () => {
  await host.addUser({ username: 'bob', roles: ['rep'] })
  const bob = await host.signIn('bob')
  const { definitions } = await bob.must(bob.get<{ definitions: Definition[] }>('/definitions'))
  expect(definitions.filter((d) => d.kind === 'ruleTable')).toEqual([])
})
