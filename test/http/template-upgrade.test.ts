/** A customized template is upgraded over the API: what is theirs comes, what is yours stays, what is both is settled first. */
import type { Definition, Entity, Field, Form, Pipeline } from '../../schemas/generated/types'
import { entity, field, label, role } from '../support/catalog'
import type { Client, ProblemBody } from '../support/client'
import { faults, studioOf } from '../support/drafts'
import { startTestHost, type TestHost } from '../support/host'

const named = (en: string) => ({ en, zh: en })
const option = (value: string) => ({ value, label: named(value) })
const stage = (id: string, en = id, category: 'open' | 'won' = 'open') => ({ id, label: named(en), category })
const section = (id: string, ...fields: string[]) => ({ id, label: named(id), items: fields.map((name) => ({ field: name })) })
const fields = (more: Record<string, Record<string, unknown>> = {}) => [
  field('text', 'name', { required: true, ...more.name }), field('enum', 'size', { options: [option('small'), option('large')], ...more.size }), field('text', 'note', more.note), field('text', 'code', more.code),
  field('enum', 'mode', { optionsFrom: 'pipelines' }), field('enum', 'stage', { optionsFrom: 'stages' }), field('enum', 'status', { options: ['open', 'won', 'lost', 'paused'].map(option) }),
] as Field[]
const pipeline = { pipeline: { pipelineField: 'mode', stageField: 'stage', statusField: 'status' } }
const form = (...sections: object[]): Form => ({ kind: 'form', name: 'main', entity: 'deal', purpose: 'detail', label, tabs: [{ id: 'all', label, sections }] }) as never
const sales = (...stages: Pipeline['stages']): Pipeline => ({ kind: 'pipeline', name: 'sales', entity: 'deal', label, stages, policies: { skip: 'forbid' } })

const version1: Definition[] = [
  entity('deal', fields(), pipeline), form(section('basics', 'name', 'size'), section('more', 'note')), sales(stage('first'), stage('won', 'won', 'won')),
  role('builder', { capabilities: ['studio'], grants: ['deal', 'user'].map((name) => ({ entity: name, verbs: ['create', 'read', 'update', 'delete'], scope: 'all' })) }),
  role('worker', { grants: [{ entity: 'deal', verbs: ['read'], scope: 'all' }] }),
]
const template = (version: string): Definition => ({ kind: 'template', name: 'test', version, label: named('Test'), menu: [{ id: 'people', label: named('People'), entities: ['user', 'deal'] }] })
/** A new field, another label of `note`, a new option, a new stage, the section `more` gone. */
const version2: Definition[] = [
  template('2.0.0'),
  entity('deal', [...fields({ note: { label: named('Remarks') }, size: { options: [option('small'), option('large'), option('huge')] } }), field('date', 'due') as Field], pipeline),
  form(section('basics', 'name', 'size', 'note', 'due')), sales(stage('first'), stage('second'), stage('won', 'won', 'won')), ...version1.slice(3),
]

interface Conflict { id: string; kind: string; key: string; target: string; path: string; base: unknown; choice: string | null }
interface Plan { from: string; to: string; items: { kind: string; key: string; change: string }[]; conflicts: Conflict[]; orphans: { key: string; operation: { op: string; target: string } }[]; problems: unknown[] }
interface Overview { version: string; offered: { version: string } | null; pending: { version: string; conflicts: Conflict[] } | null; customizations: { kind: string; key: string; operations: { op: string; target: string }[] }[]; parked: { id: string; key: string; version: string; operation: { target: string } }[] }

let host: TestHost
let ann: Client
let bob: Client
let studio: ReturnType<typeof studioOf>
beforeEach(async () => {
  host = await startTestHost({ documents: version1 })
  await host.addUser({ username: 'ann', roles: ['builder'] })
  await host.addUser({ username: 'bob', roles: ['worker'] })
  ;[ann, bob] = await Promise.all([host.signIn('ann'), host.signIn('bob')])
  studio = studioOf(ann)
})
afterEach(() => host?.close())

const overview = () => ann.must(ann.get<Overview>('/template'))
const preview = (definitions = version2) => ann.must(ann.post<Plan>('/template/upgrade/preview', { definitions }))
const takeUp = (definitions = version2) => ann.post<Plan & ProblemBody>('/template/upgrade', { definitions })
const settle = (id: string, choice: string) => ann.must(ann.post('/template/upgrade/settle', { id, choice }))
const fieldNamed = async (name: string) => (await studio.published<Entity>('entity', 'deal')).definition.fields.find((f) => f.name === name) as Field & { options?: { value: string }[] }

/** Another label, a field of one's own, a field moved, a field hidden, an option less, another stage, another label of what v2 takes away. */
async function customize() {
  await studio.change<Entity>('entity', 'deal', (d) => {
    const [name, size, note, code, ...rest] = d.fields as [Field, Field, Field, Field, ...Field[]]
    return { ...d, fields: [name, code, { ...size, options: [option('small')] }, { ...note, label: named('My note') }, field('text', 'x_own') as Field, ...rest.map((f) => (f.name === 'status' ? { ...f, hidden: true } : f))] as Field[] }
  })
  await studio.change<Pipeline>('pipeline', 'sales', (d) => ({ ...d, stages: [stage('first', 'Start'), ...d.stages.slice(1)] }))
  await studio.change<Form>('form', 'main', (d) => form(...d.tabs[0]!.sections.map((s) => (s.id === 'more' ? { ...s, label: named('Further') } : s))))
  await ann.must(studio.publish())
}

test('what was changed of the template is told as operations on named targets', async () => {
  expect(await overview()).toMatchObject({ version: '1.0.0', offered: null, pending: null, customizations: [], parked: [] })
  await customize()
  const { customizations } = await overview()
  expect(Object.fromEntries(customizations.map((c) => [`${c.kind} ${c.key}`, c.operations.map((o) => `${o.op} ${o.target}`)]))).toEqual({
    'entity deal': ['moveItem /fields/name:code', 'addItem /fields/name:x_own', 'removeItem /fields/name:size/options/value:large', 'set /fields/name:note/label/en', 'set /fields/name:note/label/zh', 'set /fields/name:status/hidden'],
    'form main': ['set /tabs/id:all/sections/id:more/label/en', 'set /tabs/id:all/sections/id:more/label/zh'],
    'pipeline sales': ['set /stages/id:first/label/en', 'set /stages/id:first/label/zh'],
  })
})

test('an upgrade keeps yours, brings theirs, waits for what both changed, and parks what lost its target', async () => {
  await customize()
  const plan = await preview()
  expect({ from: plan.from, to: plan.to, problems: plan.problems, items: plan.items.map((i) => `${i.change} ${i.kind} ${i.key}`).sort() })
    .toEqual({ from: '1.0.0', to: '2.0.0', problems: [], items: ['changed entity deal', 'changed form main', 'changed pipeline sales', 'changed template test'] })
  expect(plan.conflicts.map((c) => `${c.key} ${c.target}`)).toEqual(['deal /fields/name:note/label/en', 'deal /fields/name:note/label/zh'])
  expect(plan.orphans.map((o) => `${o.key} ${o.operation.target}`)).toEqual(['main /tabs/id:all/sections/id:more/label/en', 'main /tabs/id:all/sections/id:more/label/zh'])
  expect((await overview()).pending).toBeNull()

  expect((await takeUp()).status).toBe(200)
  const refused = await studio.publish()
  expect({ status: refused.status, faults: faults(refused.body.problems) }).toEqual({ status: 422, faults: ['entity deal /fields/3/label/en upgradeConflict', 'entity deal /fields/3/label/zh upgradeConflict'] })
  const checked = await ann.must(ann.post<{ valid: boolean; problems: { message: string }[] }>('/definitions/validate'))
  expect({ valid: checked.valid, count: checked.problems.length, message: checked.problems[0]!.message }).toMatchObject({ valid: false, count: 2, message: expect.stringContaining('2.0.0') as string })

  await settle(plan.conflicts[0]!.id, 'theirs')
  await settle(plan.conflicts[1]!.id, 'theirs')
  await settle(plan.conflicts[1]!.id, 'yours')
  const { items } = await ann.must(studio.publish())
  expect(items.map((i) => `${i.kind} ${i.key}`).sort()).toEqual(['entity deal', 'form main', 'pipeline sales', 'template test'])

  const { definitions } = await bob.must(bob.get<{ definitions: Definition[] }>('/definitions'))
  const deal = definitions.find((d) => d.kind === 'entity' && d.name === 'deal') as Entity
  expect(deal.fields.map((f) => f.name)).toEqual(['name', 'code', 'size', 'note', 'x_own', 'mode', 'stage', 'status', 'due'])
  expect(deal.fields.find((f) => f.name === 'note')!.label).toEqual({ en: 'Remarks', zh: 'My note' })
  expect((deal.fields.find((f) => f.name === 'size') as unknown as { options: object[] }).options).toEqual([option('small'), option('huge')])
  expect(deal.fields.find((f) => f.name === 'status')).toMatchObject({ hidden: true })
  expect((definitions.find((d) => d.kind === 'pipeline') as Pipeline).stages.map((s) => s.label.en)).toEqual(['Start', 'second', 'won'])
  expect((definitions.find((d) => d.kind === 'form') as Form).tabs[0]!.sections.map((s) => s.id)).toEqual(['basics'])
  const made = await ann.create('deal', { name: 'a', due: '2026-11-22', x_own: 'mine', size: 'huge' })
  expect(await bob.read('deal', made.id)).toMatchObject({ due: '2026-11-22', x_own: 'mine', size: 'huge' })

  const after = await overview()
  expect({ version: after.version, pending: after.pending, parked: after.parked.map((p) => `${p.version} ${p.operation.target}`).sort() }).toEqual({ version: '2.0.0', pending: null, parked: ['2.0.0 /tabs/id:all/sections/id:more/label/en', '2.0.0 /tabs/id:all/sections/id:more/label/zh'] })
  expect(after.customizations.find((c) => c.key === 'deal')!.operations.map((o) => o.target)).not.toContain('/fields/name:note/label/en')
})

test('a parked change is made to something else, or forgotten', async () => {
  await customize()
  for (const { id } of (await ann.must(takeUp())).conflicts) await settle(id, 'yours')
  await ann.must(studio.publish())
  const [one, two] = (await overview()).parked
  expect((await ann.post(`/template/parked/${one!.id}/retarget`, { target: '/tabs/id:all/sections/id:nowhere/label/en' })).body).toMatchObject({ status: 409, code: 'targetGone' })
  await ann.must(ann.post(`/template/parked/${one!.id}/retarget`, { target: '/tabs/id:all/sections/id:basics/label/en' }))
  expect((await studio.published<Form>('form', 'main')).draft!.definition.tabs[0]!.sections[0]!.label!.en).toBe('Further')
  await ann.must(ann.delete(`/template/parked/${two!.id}`))
  expect((await overview()).parked).toEqual([])
})

test('given up, nothing is left of it; edited, the draft holds as it is', async () => {
  await customize()
  await ann.must(takeUp())
  expect((await takeUp()).body).toMatchObject({ status: 409, code: 'upgradePending' })
  await ann.must(ann.delete('/template/upgrade'))
  expect((await ann.must(ann.get<{ drafts: object[] }>('/definitions/drafts'))).drafts).toEqual([])
  const { conflicts } = await ann.must(takeUp())
  const { definition } = (await studio.published<Entity>('entity', 'deal')).draft!
  await ann.must(ann.put('/definitions/entity/deal', { ...definition, fields: definition.fields.map((f) => (f.name === 'note' ? { ...f, label: named('Both') } : f)) }))
  for (const { id } of conflicts) await settle(id, 'edited')
  await ann.must(studio.publish())
  expect((await fieldNamed('note')).label).toEqual(named('Both'))
})

test('other drafts are not mixed in, other templates and older versions are refused, the rest may not even look', async () => {
  await studio.addFields('deal', field('text', 'x_draft') as Field)
  expect((await takeUp()).body).toMatchObject({ status: 409, code: 'upgradeOverDrafts' })
  await studio.discard('entity', 'deal')
  expect((await takeUp([template('1.0.0'), ...version1])).body).toMatchObject({ status: 422, code: 'notThisTemplate' })
  expect((await takeUp([{ ...template('2.0.0'), name: 'another' } as Definition])).body).toMatchObject({ status: 422, code: 'notThisTemplate' })
  expect((await ann.post('/template/upgrade', {})).body).toMatchObject({ status: 404, code: 'noUpgrade' })
  expect((await bob.get('/template')).status).toBe(403)
  expect((await bob.post('/template/upgrade/preview', { definitions: version2 })).status).toBe(403)
  expect(await fieldNamed('due')).toBeUndefined()
})

test('a name of one’s own that a later template may take is warned of', async () => {
  await studio.addFields('deal', field('text', 'mine') as Field, field('text', 'x_mine') as Field)
  await ann.must(ann.put('/definitions/role/helper', role('helper', { grants: [] })))
  const { valid, warnings } = await ann.must(ann.post<{ valid: boolean; warnings: object[] }>('/definitions/validate'))
  expect({ valid, warnings: faults(warnings) }).toEqual({ valid: true, warnings: ['entity deal /fields/7/name nameNotOwn', 'role helper /name nameNotOwn'] })
})

test('an untouched definition that the template takes away goes, unless records or definitions need it', async () => {
  const without = version2.filter((d) => !(d.kind === 'role' && d.name === 'worker'))
  await host.stage.engine.update('user', (await host.holder.current()).directory.byName('bob')!.id, { roles: [] })
  const plan = await ann.must(takeUp(without))
  expect(plan.items).toContainEqual(expect.objectContaining({ kind: 'role', key: 'worker', change: 'removed' }))
  await ann.must(studio.publish())
  expect((await ann.get('/definitions/role/worker')).status).toBe(404)
})

describe('an upgrade that is undone', () => {
  const upgraded = async () => {
    await customize()
    const { conflicts } = await ann.must(takeUp())
    for (const { id } of conflicts) await settle(id, 'theirs')
    return (await ann.must(studio.publish())).number
  }
  const undo = (number: number) => ann.post<{ number: number }>(`/releases/${number}/rollback`, { wait: true })
  const told = async () => { const { version, offered, parked, customizations } = await overview(); return { version, offered: offered?.version, parked: parked.length, targets: customizations.flatMap((c) => c.operations.map((o) => `${o.op} ${o.target}`)) } }

  test('leaves the former base behind it: yours is told as before, the newer version is offered again, and can be taken up', async () => {
    await customize()
    const before = await told()
    for (const { id } of (await ann.must(takeUp())).conflicts) await settle(id, 'theirs')
    const { number } = await ann.must(studio.publish())
    expect(await told()).toMatchObject({ version: '2.0.0', parked: 2 })
    await ann.must(undo(number))
    const after = await told()
    expect(after).toEqual({ ...before, offered: '2.0.0' })
    // The field that it brought stays, hidden, because records may have values in it; it is the template's as before.
    expect(await fieldNamed('due')).toMatchObject({ hidden: true })
    const again = await ann.must(ann.post<Plan>('/template/upgrade', {}))
    expect(again.conflicts.map((c) => c.target)).toEqual(['/fields/name:note/label/en', '/fields/name:note/label/zh'])
    for (const { id } of again.conflicts) await settle(id, 'yours')
    await ann.must(studio.publish())
    expect(await told()).toMatchObject({ version: '2.0.0', offered: undefined, parked: 2 })
    expect(await fieldNamed('note')).toMatchObject({ label: named('My note') })
    expect(await fieldNamed('due')).not.toHaveProperty('hidden')
  })

  test('a field that it brought and that was changed since comes again as it was changed', async () => {
    const number = await upgraded()
    await ann.must(undo(number))
    await studio.editField('deal', 'due', (f) => ({ ...f, label: named('My day') }))
    await ann.must(studio.publish())
    expect((await told()).targets).toEqual(expect.arrayContaining(['set /fields/name:due/label/en', 'set /fields/name:due/label/zh']))
    const version3 = version2.map((d) => (d.kind === 'template' ? template('3.0.0') : d.kind === 'entity' ? { ...d, fields: [...d.fields, field('text', 'later')] } : d)) as Definition[]
    const { conflicts } = await ann.must(takeUp(version3))
    expect(conflicts.map((c) => c.target)).not.toContain('/fields/name:due')
    for (const { id } of conflicts) await settle(id, 'theirs')
    await ann.must(studio.publish())
    expect(await fieldNamed('due')).toMatchObject({ label: named('My day') })
    expect(await fieldNamed('due')).not.toHaveProperty('hidden')
  })

  test('comes back whole when the undoing is undone; not while another is pending', async () => {
    const number = await upgraded()
    const upgradedTo = await told()
    const { number: undone } = await ann.must(undo(number))
    await ann.must(undo(undone))
    expect(await told()).toEqual(upgradedTo)
    const version3 = version2.map((d) => (d.kind === 'template' ? template('3.0.0') : d))
    await ann.must(takeUp(version3))
    expect((await undo(undone + 1)).body).toMatchObject({ status: 409, code: 'upgradePending' })
  })
})
