/** Which version of a pinned pipeline a record goes by: tables (flows.md, onDefinitionChange). */
import { compileCatalog, formerOf, formerVersions, idTarget, judgeMove, pipelineOf, placesUsing, recordMatcher, rottingFilter, stagesOf, type Catalog, type FormerPipeline, type WireRecord } from '../../runtime/engine'
import type { Definition, Pipeline, Stage } from '../../schemas/generated/types'
import { resolveFilter } from '../../schemas/filters'
import { systemDefinitions } from '../../schemas/system'
import { entity, field, label, ruleContext } from '../support/catalog'

const stage = (id: string, members: Partial<Stage> = {}): Stage => ({ id, label: { en: id, zh: id }, category: 'open', ...members })
const pipeline = (ids: string, onDefinitionChange?: 'pinned' | 'mapRequired', members: Partial<Pipeline> = {}): Pipeline =>
  ({ kind: 'pipeline', name: 'sales', entity: 'deal', label, stages: ids.split(' ').map((id) => stage(id)), ...(onDefinitionChange && { policies: { onDefinitionChange } }), ...members })
const pinned = (ids: string, members: Partial<Pipeline> = {}) => pipeline(ids, 'pinned', { policies: { onDefinitionChange: 'pinned' }, ...members })

type Carried = (number | null)[]
test.each<[string, { present: Pipeline; before: Pipeline[]; carried: Carried }, Record<number, Carried>]>([
  ['records go on by the version they entered by', { present: pinned('a d'), before: [pinned('a b'), pinned('a c')], carried: [1, 2, 3] }, { 1: [1], 2: [2] }],
  ['versions that nobody is in are none', { present: pinned('a d'), before: [pinned('a b'), pinned('a c')], carried: [2, 3] }, { 2: [2] }],
  ['nobody goes by a former version of one that is not pinned', { present: pipeline('a d'), before: [pinned('a b'), pinned('a c')], carried: [null, 1, 2] }, {}],
  ['who entered before it was pinned goes by the last version that was not', { present: pinned('a d'), before: [pipeline('a'), pipeline('a b'), pinned('a c')], carried: [null, 3] }, { 2: [null], 3: [3] }],
  ['a version that was not pinned took everybody over', { present: pinned('a d'), before: [pinned('a'), pipeline('a b', 'mapRequired'), pinned('a c')], carried: [null, 1, 3] }, { 2: [null, 1], 3: [3] }],
  ['who carries nothing in a pipeline that was always pinned goes by the present one', { present: pinned('a c'), before: [pinned('a b')], carried: [null] }, {}],
  ['a version that demands what the present one does is none', { present: pinned('a b', { label: { en: 'New', zh: '新' }, selectWhen: 'true', order: 3 }), before: [pipeline('a b'), pinned('a c')], carried: [null, 2] }, { 2: [2] }],
  ['new words alone make no other way', { present: pinned('a b', { stages: [stage('a', { label: { en: 'A', zh: '甲' }, guidance: label }), stage('b')] }), before: [pinned('a b')], carried: [1] }, {}],
  ['another probability does', { present: pinned('a b', { stages: [stage('a', { probability: 5 }), stage('b')] }), before: [pinned('a b')], carried: [1] }, { 1: [1] }],
])('%s', (_, { present, before, carried }, expected) => {
  const found = formerVersions(present, before.map((one, i) => ({ version: i + 1, pipeline: one })), carried)
  expect(Object.fromEntries(found.map((f) => [f.version, f.carried]))).toEqual(expected)
})

const options = ['open', 'won'].map((value) => ({ value, label }))
const deal = entity('deal', [
  field('text', 'name'), field('enum', 'mode', { optionsFrom: 'pipelines' }), field('enum', 'stage', { optionsFrom: 'stages' }), field('enum', 'status', { options }), field('dateTime', 'since'), field('integer', 'value', { aliases: ['size'] }),
], { pipeline: { pipelineField: 'mode', stageField: 'stage', statusField: 'status', sinceField: 'since' } })
const then: Pipeline = { ...pinned(''), stages: [stage('a', { label: { en: 'Old A', zh: '旧甲' } }), stage('check', { rotting: { after: 'P5D' }, entryCriteria: [{ id: 'c', rule: 'size > 1', message: label }] }), stage('b')] }
const now: Pipeline = { ...pinned(''), stages: [stage('a', { rotting: { after: 'P1D' } }), stage('b'), stage('c')] }
const former: FormerPipeline[] = [{ version: 1, carried: [null, 1], pipeline: then }]
const compiled = (documents: Definition[] = [deal, now], old = former) => compileCatalog([...systemDefinitions, ...documents], old)
const record = (members: WireRecord = {}): WireRecord => ({ id: 'd', mode: 'sales', stage: 'a', status: 'open', ...members })
const entityOf = (catalog: Catalog) => catalog.entities.get('deal')!

describe('a catalog with former versions', () => {
  const { catalog, problems } = compiled()

  test.each<[string, WireRecord, number | undefined]>([
    ['what it carries', record({ pipelineVersion: 1 }), 1],
    ['nothing: it entered before', record({ pipelineVersion: null }), 1],
    ['the present version', record({ pipelineVersion: 2 }), undefined],
    ['no such member: it was never stored', record(), undefined],
    ['another pipeline', record({ mode: 'other', pipelineVersion: 1 }), undefined],
  ])('finds the version of a record by %s', (_, given, version) => {
    expect(formerOf(catalog, entityOf(catalog), given)?.version).toBe(version)
    if (given.mode === 'sales') expect(pipelineOf(catalog, entityOf(catalog), given)?.stages[1]!.id).toBe(version === 1 ? 'check' : 'b')
  })

  test('holds together; former stages are choices behind those in force, which keep their words', () => {
    expect(problems).toEqual([])
    expect((entityOf(catalog).fields.get('stage')!.definition as { options?: { value: string; label: object }[] }).options).toEqual([
      ...['a', 'b', 'c', 'check'].map((id) => ({ value: id, label: { en: id, zh: id } })),
    ])
  })

  test('knows a former stage behind the one it followed', () => expect(stagesOf(catalog, entityOf(catalog), now).map((s) => s.id)).toEqual(['a', 'check', 'b', 'c']))

  test('asks for what lies too long by the version each record goes by', () => {
    const filter = rottingFilter(entityOf(catalog), catalog, '2026-06-15T00:00:00.000Z')!
    const { where, problems: faults } = resolveFilter(filter, idTarget(entityOf(catalog), catalog), { me: '', departments: [], today: '2026-06-15' })
    expect(faults).toEqual([])
    const matches = recordMatcher(where, entityOf(catalog).fields.values())
    const since = '2026-06-12T00:00:00.000Z'
    expect([record({ since, pipelineVersion: 2 }), record({ since, pipelineVersion: 1 }), record({ since, pipelineVersion: null }), record({ since, stage: 'check', pipelineVersion: 1 }), record({ since: '2026-06-02T00:00:00.000Z', stage: 'check', pipelineVersion: null })].map((r) => matches(r)))
      .toEqual([true, false, false, false, true])
  })

  test('judges moves by it, and names a stage of the version in force', () => {
    const judged = (to: string, given: WireRecord, switchTo?: Pipeline) => judgeMove({ entity: entityOf(catalog), pipeline: pipelineOf(catalog, entityOf(catalog), given)!, record: given, to, comment: null, before: undefined, context: ruleContext(), catalog, ...(switchTo && { switchTo }) })
    expect(judged('check', record({ pipelineVersion: 1, value: 2 })).kind).toBe('allowed')
    expect(judged('c', record({ pipelineVersion: 1 }))).toMatchObject({ problems: [{ path: '/to', code: 'stageOfPresent', params: { version: 1 } }] })
    expect(judged('check', record({ pipelineVersion: 2 }))).toMatchObject({ problems: [{ code: 'noSuchStage' }] })
    expect(judged('a', record({ pipelineVersion: 1 }), now).kind).toBe('allowed')
  })

  test('is sound only while former versions go together with the rest; where they name a field is known', () => {
    const renamed = compiled([{ ...deal, fields: deal.fields.map((f) => (f.name === 'value' ? { ...f, name: 'worth', aliases: ['value', 'size'] } : f)) }, now])
    expect(renamed.problems).toEqual([])
    expect(placesUsing(renamed, 'entity', 'deal', 'worth')).toEqual([{ kind: 'pipeline', key: 'sales', path: '/stages/1/entryCriteria/0/rule', version: 1 }])
    const without = compiled([{ ...deal, fields: deal.fields.filter((f) => f.name !== 'value') }, now])
    expect(without.problems).toEqual([{ kind: 'pipeline', key: 'sales', path: '', code: 'formerVersion', params: { version: 1, at: '/stages/1/entryCriteria/0/rule', reason: expect.any(Object) as object } }])
  })
})

test('only of a pinned pipeline, itself or another, stages are mapped that former versions may have had', () => {
  const mapping = (onDefinitionChange: 'pinned' | 'mapRequired') => compiled([deal, { ...now, policies: { onDefinitionChange, onPipelineSwitch: { stageMap: { 'sales.check': 'b', 'sales.c': 'b' } } } }]).problems.map((p) => p.path)
  expect(mapping('pinned')).toEqual(['/policies/onPipelineSwitch/stageMap/sales.c'])
  expect(mapping('mapRequired')).toHaveLength(2)
  const care: Pipeline = { ...pipeline('talk'), name: 'care', policies: { onPipelineSwitch: { stageMap: { 'sales.check': 'talk', 'gone.check': 'talk', 'care.check': 'talk' } } } }
  expect(compiled([deal, now, care]).problems.map((p) => p.path)).toEqual(['gone', 'care'].map((name) => `/policies/onPipelineSwitch/stageMap/${name}.check`))
})

test('a gate that the record passed is not asked again where it stays in its stage', () => {
  const gated = (flow: string): Pipeline => ({ ...pinned(''), stages: [stage('a'), stage('b', { gate: { flow } })] })
  const verdict = (before: string, after: string) => {
    const { catalog } = compiled([deal, gated(after)], [{ version: 1, carried: [1], pipeline: gated(before) }])
    return judgeMove({ entity: entityOf(catalog), pipeline: gated(before), switchTo: gated(after), record: record({ stage: 'b', pipelineVersion: 1 }), to: 'b', comment: null, before: undefined, context: ruleContext(), catalog })
  }
  expect(verdict('boss', 'boss')).not.toHaveProperty('gate')
  expect(verdict('boss', 'board')).toMatchObject({ gate: 'board' })
})
