/** The rules of moving a record between stages, by tables: whatever the path, the same verdict (flows.md, rule 24). */
import { judgeMove, stageValues, type WireRecord } from '../../runtime/engine'
import type { Pipeline, Stage } from '../../schemas/generated/types'
import { entity, field, label, role, ruleContext, soundCatalog } from '../support/catalog'

const stage = (id: string, members: Partial<Stage> = {}): Stage => ({ id, label: { en: id, zh: id }, category: 'open', ...members })
const message = label

const pipeline: Pipeline = {
  kind: 'pipeline', name: 'sales', entity: 'deal', label,
  phases: [{ id: 'early', label }],
  stages: [
    stage('lead', { probability: 10, phase: 'early', exitCriteria: [{ id: 'called', rule: 'calls > 0', message: { en: 'Call first.', zh: '请先联系。' } }] }),
    stage('offer', { probability: 50, requiredFields: ['amount', 'tags'] }),
    stage('negotiation', { probability: 80, entryCriteria: [{ id: 'big', rule: 'amount >= 1000', message }, { id: 'known', rule: 'customer.vip', message }], gate: { flow: 'review', when: 'amount > 5000' } }),
    stage('won', { category: 'won', probability: 100, gate: { flow: 'review', when: 'amount / 0 > 1' } }),
    stage('lost', { category: 'lost', probability: 0 }),
    stage('paused', { category: 'paused' }),
  ],
  transitions: [{ from: '*', to: 'lost', reasonField: 'reason', reasonRequired: true }, { from: 'negotiation', to: 'won', roles: ['manager'] }],
  policies: { skip: 'forbid', backward: 'withReason', reopen: ['director'] },
}
const customer = entity('customer', [field('text', 'name'), field('boolean', 'vip')])
const options = ['open', 'won', 'lost', 'paused'].map((value) => ({ value, label }))
const deal = entity('deal', [
  field('text', 'name'), field('enum', 'mode', { optionsFrom: 'pipelines' }), field('enum', 'stage', { optionsFrom: 'stages' }), field('enum', 'status', { options }), field('percent', 'chance', { scale: 2 }), field('enum', 'phase', { optionsFrom: 'phases' }),
  field('money', 'amount'), field('integer', 'calls'), field('multiEnum', 'tags', { options }), field('text', 'reason'), field('reference', 'customer', { entity: 'customer' }),
], { pipeline: { pipelineField: 'mode', stageField: 'stage', statusField: 'status', probabilityField: 'chance', phaseField: 'phase' } })
const review = { kind: 'flow' as const, name: 'review', entity: 'deal', label, nodes: [{ id: 'start', type: 'start' as const }, { id: 'end', type: 'end' as const, result: 'approved' as const }], edges: [{ id: 'e', source: 'start', target: 'end' }] }
const roles = ['rep', 'manager', 'director'].map((name) => role(name))

interface Given { record?: WireRecord; to: string; comment?: string; before?: string; roles?: string[]; policies?: Pipeline['policies']; vip?: boolean }

/** In words: `allowed`, `allowed after review`, `invalid /amount required`, `conflict /to sameStage`. */
function verdict({ record = {}, to, comment, before, roles: mine = ['rep'], policies, vip = true }: Given): string {
  const definition = { ...pipeline, policies: { ...pipeline.policies, ...policies } }
  const catalog = soundCatalog([customer, deal, definition, review, ...roles])
  const compiled = catalog.entities.get('deal')!
  const answer = judgeMove({
    entity: compiled, pipeline: definition, to, comment: comment ?? null, before, catalog,
    record: { name: 'A', mode: 'sales', stage: 'lead', calls: 1, amount: '1000.00', tags: ['open'], reason: null, customer: 'c1', ...record },
    context: ruleContext({ me: { id: 'ann', username: 'ann', name: 'Ann', roles: mine, department: null }, related: (id) => (id === 'c1' ? { entity: 'customer', record: { id, name: 'C', vip } } : undefined) }),
  })
  if (answer.kind === 'allowed') return answer.gate === undefined ? 'allowed' : `allowed after ${answer.gate}`
  return [answer.kind, ...answer.problems.map((p) => `${p.path} ${p.code}${p.params?.rule ? ` ${p.params.rule as string}` : ''}`)].join(' ').replace(/ +/g, ' ')
}

const at = (stage: string, members: WireRecord = {}): WireRecord => ({ stage, ...members })

test.each<[string, Given, string]>([
  ['to the next stage', { to: 'offer' }, 'allowed'],
  ['to a stage that is not there', { to: 'nowhere' }, 'invalid /to noSuchStage'],
  ['from a stage that is not there any more', { record: at('gone'), to: 'offer' }, 'invalid /to noSuchStage'],
  ['to where it is', { to: 'lead' }, 'conflict /to sameStage'],
  ['a name of JavaScript', { to: 'constructor' }, 'invalid /to noSuchStage'],

  ['over a stage', { to: 'negotiation' }, 'invalid /to stageSkipped'],
  ['over a stage where that is allowed', { to: 'negotiation', policies: { skip: 'allow' } }, 'allowed'],
  ['over several stages to won', { to: 'won' }, 'invalid /to stageSkipped'],

  ['back without a reason', { record: at('offer'), to: 'lead' }, 'invalid /comment commentRequired'],
  ['back with a reason', { record: at('offer'), to: 'lead', comment: 'they hesitate' }, 'allowed'],
  ['back with an empty reason', { record: at('offer'), to: 'lead', comment: '' }, 'invalid /comment commentRequired'],
  ['back where that is forbidden', { record: at('offer'), to: 'lead', comment: 'please', policies: { backward: 'forbid' } }, 'invalid /to stageBackward'],
  ['back where that is free', { record: at('negotiation'), to: 'lead', policies: { backward: 'allow' } }, 'allowed'],
  ['back: what leaving demands is not asked', { record: at('offer', { calls: 0 }), to: 'lead', comment: 'x' }, 'allowed'],

  ['fields that the stage demands', { record: { amount: null, tags: [] }, to: 'offer' }, 'invalid /amount required /tags required'],
  ['zero is not empty', { record: { amount: '0.00' }, to: 'offer' }, 'allowed'],
  ['what leaving demands', { record: { calls: 0 }, to: 'offer' }, 'invalid criterionUnmet called'],
  ['what leaving demands is not known', { record: { calls: null }, to: 'offer' }, 'invalid criterionUnmet called'],
  ['everything that is wrong, at once', { record: { calls: 0, amount: null }, to: 'offer' }, 'invalid /amount required criterionUnmet called'],
  ['what entering demands', { record: at('offer', { amount: '999.99' }), to: 'negotiation' }, 'invalid criterionUnmet big'],
  ['what entering demands of another record', { record: at('offer'), to: 'negotiation', vip: false }, 'invalid criterionUnmet known'],
  ['a record that is not there meets nothing', { record: at('offer', { customer: 'nobody' }), to: 'negotiation' }, 'invalid criterionUnmet known'],

  ['a gate whose condition does not hold', { record: at('offer', { amount: '5000.00' }), to: 'negotiation' }, 'allowed'],
  ['a gate whose condition holds', { record: at('offer', { amount: '5000.01' }), to: 'negotiation' }, 'allowed after review'],
  ['a gate whose condition is not known stays shut', { record: at('negotiation'), to: 'won', roles: ['manager'] }, 'allowed after review'],

  ['a move others may make', { record: at('negotiation'), to: 'won' }, 'forbidden /to roleRequired'],
  ['the same move from elsewhere', { record: at('offer'), to: 'won', policies: { skip: 'allow' } }, 'allowed after review'],

  ['lost without a reason', { to: 'lost' }, 'invalid /reason required'],
  ['lost with a reason, from anywhere, whatever leaving demands', { record: { reason: 'price', calls: 0 }, to: 'lost' }, 'allowed'],
  ['paused from anywhere', { record: at('negotiation'), to: 'paused' }, 'allowed'],
  ['from paused back to where it was', { record: at('paused'), to: 'offer', before: 'offer' }, 'allowed'],
  ['from paused one further', { record: at('paused', { calls: 1 }), to: 'offer', before: 'lead' }, 'allowed'],
  ['from paused over a stage', { record: at('paused'), to: 'negotiation', before: 'lead' }, 'invalid /to stageSkipped'],
  ['from paused back behind where it was', { record: at('paused'), to: 'lead', before: 'offer' }, 'invalid /comment commentRequired'],
  ['from paused to lost', { record: at('paused', { reason: 'x' }), to: 'lost' }, 'allowed'],

  ['out of won', { record: at('won'), to: 'negotiation', comment: 'x' }, 'conflict /to closedRecord'],
  ['out of lost', { record: at('lost'), to: 'lead', comment: 'x', before: 'lead' }, 'conflict /to closedRecord'],
  ['reopened by one who may', { record: at('lost'), to: 'lead', comment: 'they came back', before: 'lead', roles: ['director'] }, 'allowed'],
  ['reopened without a reason', { record: at('lost'), to: 'lead', before: 'lead', roles: ['director'] }, 'invalid /comment commentRequired'],
  ['reopened to a stage it never reached', { record: at('lost'), to: 'negotiation', comment: 'x', before: 'lead', roles: ['director'] }, 'invalid /to stageSkipped'],
  ['reopened where nobody may', { record: at('won'), to: 'negotiation', comment: 'x', roles: ['director'], policies: { reopen: [] } }, 'conflict /to closedForever'],
  ['from won to lost by one who may not reopen', { record: at('won', { reason: 'x' }), to: 'lost' }, 'conflict /to closedRecord'],
])('%s', (_, given, expected) => expect(verdict(given)).toBe(expected))

test('what the engine writes: stage, status, probability and phase together', () => {
  const catalog = soundCatalog([customer, deal, pipeline, review, ...roles])
  const compiled = catalog.entities.get('deal')!
  expect(stageValues(compiled, pipeline, pipeline.stages[0]!)).toEqual({ mode: 'sales', stage: 'lead', status: 'open', chance: '10.00', phase: 'early' })
  expect(stageValues(compiled, pipeline, pipeline.stages[3]!)).toMatchObject({ stage: 'won', status: 'won', chance: '100.00' })
})

test('the same verdict for the same question', () => {
  const given: Given = { record: { calls: 0, amount: null }, to: 'offer' }
  expect(verdict(given)).toBe(verdict(given))
})
