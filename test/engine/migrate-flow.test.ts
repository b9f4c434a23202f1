/** An instance goes on by another version of its flow: what stays, what is asked anew, and that nothing comes to a dead end. */
import { advance, migrationOf, type FlowState, type NodeMapping } from '../../runtime/engine'
import type { Flow } from '../../schemas/generated/types'
import { approved, ask, asAnn, brokenRules, by, flow, openTasks, parallel, places, start, walk, words } from '../support/flows'

const chain = (...names: string[]) => flow([start, ...names.map((n) => ask(n, { first: 'mia', second: 'dan', third: 'fay' }[n] ?? 'ivy')), approved], ['start', ...names].map((n, i) => `${n} > ${names[i] ?? 'approved'}`))

function migrate(from: Flow, to: Flow, happenings: string[], given: NodeMapping = {}): { state: FlowState; effects: string[] } {
  const { state } = walk(from, happenings)
  const { mapping, unplaced } = migrationOf(from, to, state, given)
  expect(unplaced).toEqual([])
  const next = advance(to, state, { type: 'migrate', mapping }, asAnn())
  expect(brokenRules(to, next.state)).toEqual([])
  return { state: next.state, effects: words(next.effects) as string[] }
}
const after = (definition: Flow, state: FlowState, person: string) => advance(definition, state, { type: 'decide', task: state.tasks.find((t) => t.status === 'open' && t.assignee === person)!.key, decision: 'approve' }, asAnn()).state

test('a node that stays keeps its people and what they decided; what follows is the new version', () => {
  const to = chain('first', 'third')
  const { state, effects } = migrate(chain('first', 'second'), to, [])
  expect(effects).toEqual([])
  expect(openTasks(after(to, state, 'mia'))).toEqual(['third: fay'])
})

test('a node that is gone has no place until it is mapped; there the people are asked anew', () => {
  const [from, to] = [chain('first', 'second'), chain('first', 'third')]
  expect(migrationOf(from, to, walk(from, ['mia approves']).state, {}).unplaced).toEqual(['second'])
  const { state, effects } = migrate(from, to, ['mia approves'], { second: 'third' })
  expect(effects).toEqual(['close second.1.0 cancelled', 'open third.1.0 fay'])
  expect(after(to, state, 'fay').status).toBe('approved')
})

test('mapped to itself, a node asks the people of the new version', () => {
  const to = flow([start, ask('first', 'fay'), approved], ['start > first', 'first > approved'])
  expect(openTasks(migrate(chain('first'), to, []).state)).toEqual(['first: mia'])
  expect(openTasks(migrate(chain('first'), to, [], { first: 'first' }).state)).toEqual(['first: fay'])
})

test('a node of another type is entered anew', () => {
  const to = flow([start, { id: 'first', type: 'handle', assignees: [{ kind: 'user', user: 'fay' }] }, approved], ['start > first', 'first > approved'])
  expect(migrate(chain('first'), to, []).effects).toEqual(['close first.1.0 cancelled', 'open first.2.0 fay'])
})

test('what was decided counts by the rules of the new version', () => {
  const both = (mode: 'all' | 'any') => flow([start, ask('first', ['mia', 'dan'], { multi: { mode } }), ask('second', 'fay'), approved], ['start > first', 'first > second', 'second > approved'])
  expect(openTasks(migrate(both('all'), both('any'), ['mia approves']).state)).toEqual(['second: fay'])
})

test('a join that waits for a branch which is gone goes on', () => {
  const from = flow([start, parallel('fork'), ask('first', 'mia'), ask('second', 'dan'), parallel('join'), ask('third', 'fay'), approved],
    ['start > fork', 'fork > first', 'fork > second', 'first > join', 'second > join', 'join > third', 'third > approved'])
  const to: Flow = { ...from, edges: from.edges.map((e) => (e.source === 'second' ? { ...e, target: 'approved' } : e)) }
  const { state } = migrate(from, to, ['mia approves'])
  expect(places(state)).toEqual(['second', 'third'])
})

test('what stood still tries again', () => {
  const stuck = flow([start, by, approved], ['start > by', 'by > approved when never'])
  const mended = flow([start, by, ask('first', 'mia'), approved], ['start > by', 'by > first else', 'first > approved'])
  expect(walk(stuck).state.status).toBe('incident')
  const { state } = migrate(stuck, mended, [])
  expect([state.status, openTasks(state)]).toEqual(['running', ['first: mia']])
})

test('what was sent back comes back to where its node went', () => {
  const from = flow([start, ask('first', 'mia'), ask('second', 'dan', { onReturn: { resume: 'direct' } }), approved], ['start > first', 'first > second', 'second > approved'])
  const back = walk(from, ['mia approves']).state
  const sent = advance(from, back, { type: 'sendBack', task: back.tasks.at(-1)!.key, to: 'first', resume: 'direct' } as never, asAnn()).state
  const to = chain('first', 'third')
  if (sent.tokens[0]!.back === undefined) throw new Error('it does not come straight back')
  expect(migrationOf(from, to, sent, {}).unplaced).toEqual(['second'])
  const moved = advance(to, sent, { type: 'migrate', mapping: { second: 'third' } }, asAnn()).state
  expect(openTasks(after(to, moved, 'mia'))).toEqual(['third: fay'])
})
