/** The rules of moving a record between stages, by tables: whatever the path, the same verdict (flows.md, rule 24). */
import { judgeMove, stageAfterSwitch, stageValues, type WireRecord } from '../../runtime/engine'
import type { Pipeline, Stage } from '../../schemas/generated/types'
import { entity, field, label, problemsIn, role, ruleContext, soundCatalog } from '../support/catalog'

const stage = (id: string, members: Partial<Stage> = {}): Stage => ({ id, label: { en: id, zh: id }, category: 'open', ...members })
const message = label

const pipeline: Pipeline = {
  kind: 'pipeline', name: 'sales', entity: 'deal', label,
  phases: [{ id: 'early', label }],
  stages: [
    stage('lead', { probability: 10, phase: 'early', checklist: [{ id: 'card', text: label, required: true }, { id: 'coffee', text: label }], exitCriteria: [{ id: 'called', rule: 'calls > 0', message: { en: 'Call first.', zh: '请先联系。' } }] }),
    stage('offer', { probability: 50, requiredFields: ['amount', 'tags'] }),
    stage('negotiation', { probability: 80, entryCriteria: [{ id: 'big', rule: 'amount >= 1000', message }, { id: 'known', rule: 'customer.vip', message }], gate: { flow: 'review', when: 'amount > 5000' } }),
    stage('won', { category: 'won', probability: 100, gate: { flow: 'review', when: 'amount / 0 > 1' } }),
    stage('lost', { category: 'lost', probability: 0 }),
    stage('paused', { category: 'paused' }),
  ],
  transitions: [{ from: '*', to: 'lost', reasonField: 'reason', reasonRequired: true }, { from: 'negotiation', to: 'won', roles: ['manager'] }],
  policies: { skip: 'forbid', backward: 'withReason', reopen: ['director'] },
}
/** What comes after a sale: stages that are won one after the other. */
const other: Pipeline = {
  kind: 'pipeline', name: 'care', entity: 'deal', label,
  stages: [stage('talk'), stage('sold', { category: 'won' }), stage('delivered', { category: 'won' }), stage('cared', { category: 'won', requiredFields: ['reason'] })],
}
const customer = entity('customer', [field('text', 'name'), field('boolean', 'vip')])
const options = ['open', 'won', 'lost', 'paused'].map((value) => ({ value, label }))
const deal = entity('deal', [
  field('text', 'name'), field('enum', 'mode', { optionsFrom: 'pipelines' }), field('enum', 'stage', { optionsFrom: 'stages' }), field('enum', 'status', { options }), field('percent', 'chance', { scale: 2 }), field('enum', 'phase', { optionsFrom: 'phases' }),
  field('money', 'amount'), field('integer', 'calls'), field('multiEnum', 'tags', { options }), field('text', 'reason'), field('reference', 'customer', { entity: 'customer' }),
], { pipeline: { pipelineField: 'mode', stageField: 'stage', statusField: 'status', probabilityField: 'chance', phaseField: 'phase' } })
const review = { kind: 'flow' as const, name: 'review', entity: 'deal', label, nodes: [{ id: 'start', type: 'start' as const }, { id: 'end', type: 'end' as const, result: 'approved' as const }], edges: [{ id: 'e', source: 'start', target: 'end' }] }
const roles = ['rep', 'manager', 'director'].map((name) => role(name))

interface Given { record?: WireRecord; to: string; comment?: string; before?: string; roles?: string[]; policies?: Pipeline['policies']; transitions?: Pipeline['transitions']; vip?: boolean; done?: string[]; pending?: boolean; switchTo?: string }

/** In words: `allowed`, `allowed after review`, `invalid /amount required`, `conflict /to sameStage`. */
function verdict({ record = {}, to, comment, before, roles: mine = ['rep'], policies, transitions = [], vip = true, done = ['card'], pending, switchTo }: Given): string {
  const definition = { ...pipeline, transitions: [...pipeline.transitions!, ...transitions], policies: { ...pipeline.policies, ...policies } }
  const catalog = soundCatalog([customer, deal, definition, other, review, ...roles])
  const compiled = catalog.entities.get('deal')!
  const answer = judgeMove({
    entity: compiled, pipeline: definition, to, comment: comment ?? null, before, catalog, done: new Set(done), ...(pending && { pending: label }), ...(switchTo !== undefined && { switchTo: other }),
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

  ['the checklist is not done', { to: 'offer', done: ['coffee'] }, 'invalid checklistOpen card'],
  ['the checklist does not hold back who gives up', { record: { reason: 'x' }, to: 'lost', done: [] }, 'allowed'],
  ['over a stage by one who may', { to: 'negotiation', policies: { skip: 'roles', skipRoles: ['rep'] } }, 'allowed'],
  ['over a stage by one who may not', { to: 'negotiation', policies: { skip: 'roles', skipRoles: ['manager'] } }, 'forbidden /to roleRequired'],
  ['back by one who may not', { record: at('offer'), to: 'lead', comment: 'x', policies: { backward: 'roles', backwardRoles: ['manager'] } }, 'forbidden /to roleRequired'],
  ['back by one who may, silently', { record: at('offer'), to: 'lead', policies: { backward: 'roles', backwardRoles: ['rep'] } }, 'invalid /comment commentRequired'],
  ['back by one who may, with a reason', { record: at('offer'), to: 'lead', comment: 'x', policies: { backward: 'roles', backwardRoles: ['rep'] } }, 'allowed'],
  ['a listed way over a stage', { to: 'negotiation', transitions: [{ from: 'lead', to: 'negotiation', outOfOrder: true }] }, 'allowed'],
  ['a listed way over a stage, for others', { to: 'negotiation', transitions: [{ from: 'lead', to: 'negotiation', outOfOrder: true, roles: ['manager'] }] }, 'forbidden /to roleRequired'],
  ['a listed way back, silently', { record: at('offer'), to: 'lead', policies: { backward: 'forbid' }, transitions: [{ from: 'offer', to: 'lead', outOfOrder: true }] }, 'allowed'],
  ['a listed way out of lost', { record: at('lost'), to: 'lead', transitions: [{ from: 'lost', to: 'lead', outOfOrder: true }] }, 'allowed'],
  ['while an approval will move it', { to: 'offer', pending: true }, 'conflict /to gatePending'],
  ['to another pipeline: its demands count, the order does not', { record: { amount: null, calls: 0 }, to: 'cared', switchTo: 'care', done: [] }, 'invalid /reason required'],
  ['to another pipeline, with what it demands', { record: { reason: 'x', calls: 0 }, to: 'delivered', switchTo: 'care', done: [] }, 'allowed'],
  ['to another pipeline out of what is closed', { record: at('lost'), to: 'talk', switchTo: 'care' }, 'conflict /to closedRecord'],
])('%s', (_, given, expected) => expect(verdict(given)).toBe(expected))

describe('what is won goes on', () => {
  const catalog = soundCatalog([customer, deal, pipeline, other, review, ...roles])
  const move = (from: string, to: string) => {
    const answer = judgeMove({ entity: catalog.entities.get('deal')!, pipeline: other, record: { mode: 'care', stage: from, reason: 'x' }, to, comment: null, before: 'talk', context: ruleContext(), catalog })
    return answer.kind === 'allowed' ? 'allowed' : answer.problems[0]!.code
  }
  test.each([['sold', 'delivered', 'allowed'], ['delivered', 'cared', 'allowed'], ['sold', 'cared', 'stageSkipped'], ['delivered', 'sold', 'closedForever'], ['sold', 'talk', 'closedForever']])('%s → %s: %s', (from, to, expected) => expect(move(from, to)).toBe(expected))
})

describe('changing over', () => {
  const mapped: Pipeline = { ...other, stages: [...other.stages, stage('offer')], policies: { onPipelineSwitch: { stageMap: { 'sales.lead': 'talk' } } } }
  test.each([['lead', 'talk'], ['offer', 'offer'], ['negotiation', undefined]])('from %s: %s', (from, to) => expect(stageAfterSwitch(pipeline, from, mapped)?.id).toBe(to))

  test('a map that leads nowhere is refused', () => {
    const wrong: Pipeline = { ...other, policies: { onPipelineSwitch: { stageMap: { 'sales.gone': 'talk', 'sales.lead': 'gone', 'care.talk': 'sold' } } } }
    expect(problemsIn([customer, deal, pipeline, wrong, review, ...roles])).toEqual(['pipeline care /policies/onPipelineSwitch/stageMap/sales.gone badMember', 'pipeline care /policies/onPipelineSwitch/stageMap/sales.lead noSuchStage', 'pipeline care /policies/onPipelineSwitch/stageMap/care.talk badMember'])
  })
})

test('roles that a policy needs, stage fields that an effect may not set, times without fields', () => {
  const wrong: Pipeline = { ...other, stages: [stage('talk', { rotting: { after: 'P3D', resetOn: ['activity'] }, fieldAccess: [{ field: 'gone', access: 'required' }, { field: 'owner', access: 'readonly' }], onExit: [{ id: 's', kind: 'setField', values: { stage: "'sold'" } }] }), other.stages[1]!], policies: { skip: 'roles', backward: 'roles', backwardRoles: [] } }
  expect(problemsIn([customer, deal, wrong, review]).sort()).toEqual([
    '/policies/backwardRoles missingMember', '/policies/skipRoles missingMember', '/stages/0/fieldAccess/0/field noSuchField', '/stages/0/fieldAccess/1/field badMember', '/stages/0/onExit/0/values/stage badMember', '/stages/0/rotting badMember', '/stages/0/rotting badMember',
  ].map((p) => `pipeline care ${p}`))
})

test('what the engine writes: stage, status, probability and phase together', () => {
  const catalog = soundCatalog([customer, deal, pipeline, review, ...roles])
  const compiled = catalog.entities.get('deal')!
  const now = '2026-06-15T00:00:00.000Z'
  expect(stageValues(compiled, pipeline, pipeline.stages[0]!, now)).toEqual({ mode: 'sales', stage: 'lead', status: 'open', chance: '10.00', phase: 'early' })
  expect(stageValues(compiled, pipeline, pipeline.stages[3]!, now)).toMatchObject({ stage: 'won', status: 'won', chance: '100.00' })
})

test('the same verdict for the same question', () => {
  const given: Given = { record: { calls: 0, amount: null }, to: 'offer' }
  expect(verdict(given)).toBe(verdict(given))
})
