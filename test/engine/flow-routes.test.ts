/** Going back, rounds, waiting, calling: the interpreter's rules of routes, each walk taken once more through JSON. */
import { advance } from '../../runtime/engine'
import type { Edge, FlowNode } from '../../schemas/generated/types'
import { approved, asAnn, ask, brokenRules, by, effect, flow, openTasks, parallel, places, start, walk, words } from '../support/flows'

const three = (members = {}) => flow([start, ask('first', 'mia'), ask('second', 'dan', members), ask('third', 'fay', members), approved], ['start > first', 'first > second', 'second > third', 'third > approved'])
const fork = (members = {}) => flow([start, ask('first', 'mia'), parallel('fork'), ask('a', 'dan', members), ask('b', 'fay', members), ask('c', 'bob'), parallel('join'), approved],
  ['start > first', 'first > fork', 'fork > a', 'fork > b', 'b > c', 'a > join', 'c > join', 'join > approved'])

describe('rule 5: reject in a branch', () => {
  test('by default it ends the instance and what is open beside it', () => {
    expect(walk(fork(), ['mia approves', 'dan rejects']).state).toMatchObject({ status: 'rejected', tokens: [] })
  })

  test('“branch” ends that branch only; the join goes on with the other', () => {
    const { state } = walk(fork({ onReject: { policy: 'branch' } }), ['mia approves', 'dan rejects'])
    expect(openTasks(state)).toEqual(['b: fay'])
    expect(walk(fork({ onReject: { policy: 'branch' } }), ['mia approves', 'dan rejects', 'fay approves', 'bob approves']).state.status).toBe('approved')
  })

  test('every branch rejected: rejected, never a silent approval', () => {
    expect(walk(fork({ onReject: { policy: 'branch' } }), ['mia approves', 'dan rejects', 'fay rejects']).state.status).toBe('rejected')
  })

  test.each([['toPrevious', {}, 'first: mia'], ['toNode', { node: 'first' }, 'first: mia'], ['toInitiator', {}, 'start: ann']] as const)('%s', (policy, more, open) => {
    const { state } = walk(three({ onReject: { policy, ...more } }), ['mia approves', 'dan rejects'])
    expect(openTasks(state)).toEqual([open])
    expect(brokenRules(three(), state)).toEqual([])
  })
})

describe('rule 6: return', () => {
  test('sequential: everybody in between decides again, and what they decided is superseded', () => {
    const { state, effects } = walk(three({ onReturn: {} }), ['mia approves', 'dan approves', 'fay returns first'])
    expect(openTasks(state)).toEqual(['first: mia'])
    expect(words(effects[3]!)).toContain('returned third to first -first.1.0 -second.1.0')
    expect(openTasks(walk(three({ onReturn: {} }), ['mia approves', 'dan approves', 'fay returns first', 'mia approves']).state)).toEqual(['second: dan'])
  })

  test('direct: it comes straight back', () => {
    const { state } = walk(three({ onReturn: { resume: 'direct' } }), ['mia approves', 'dan approves', 'fay returns first', 'mia approves'])
    expect(openTasks(state)).toEqual(['third: fay'])
  })

  test('before a split: the whole fork ends', () => {
    const { state } = walk(fork({ onReturn: { resume: 'direct' } }), ['mia approves', 'fay approves', 'dan returns first'])
    expect(openTasks(state)).toEqual(['first: mia'])
    expect(state.tokens).toMatchObject([{ node: 'first', forks: [] }])
    expect(walk(fork({ onReturn: {} }), ['mia approves', 'fay approves', 'dan returns first', 'mia approves']).state.tokens).toHaveLength(2)
  })

  test('within a branch the others go on', () => {
    const definition = flow([start, parallel('fork'), ask('a', 'mia'), ask('b', 'dan', { onReturn: {} }), ask('c', 'fay'), parallel('join'), approved], ['start > fork', 'fork > a', 'a > b', 'fork > c', 'b > join', 'c > join', 'join > approved'])
    const { state } = walk(definition, ['mia approves', 'dan returns a'])
    expect(openTasks(state).sort()).toEqual(['a: mia', 'c: fay'])
  })

  test('to the submitter, who submits again', () => {
    const { state, effects } = walk({ ...three({ onReturn: {} }), onSubmit: [effect('waiting')] }, ['mia approves', 'dan returns start', 'resubmit'])
    expect(openTasks(state)).toEqual(['first: mia'])
    expect(words(effects[3]!)).toEqual(['close start.2.0 done', 'record submit.2 waiting', 'open first.2.0 mia'])
  })
})

test('rule 8: rounds over the limit are rejected, saying so', () => {
  const definition = { ...three({ onReturn: {} }), settings: { maxRounds: 1 } }
  const { state, effects } = walk(definition, ['mia approves', 'dan returns first'])
  expect(state.status).toBe('rejected')
  expect(effects[2]!).toContainEqual({ kind: 'automatic', node: 'first', decision: 'rejected', reason: { code: 'tooManyRounds', params: { limit: 1 } } })
})

test('rule 3: what cannot be evaluated is an incident of its branch; the other goes on, and a retry takes it up', () => {
  let broken = true
  const context = asAnn({ holds: () => { if (broken) throw new Error('no number'); return true } })
  const definition = flow([start, parallel('fork'), by, ask('a', 'mia'), ask('b', 'dan'), parallel('join'), approved], ['start > fork', 'fork > by', 'by > a when large', 'by > join else', 'fork > b', 'a > join', 'b > join', 'join > approved'])
  const stuck = walk(definition, ['dan approves'], context).state
  expect(stuck).toMatchObject({ status: 'incident' })
  expect(places(stuck)).toEqual(['by', 'join'])
  broken = false
  const { state } = advance(definition, stuck, { type: 'retry' }, context)
  expect(state.status).toBe('running')
  expect(openTasks(state)).toEqual(['a: mia'])
})

describe('rule 16: timers', () => {
  const timed = flow([start, ask('first', 'mia', { due: 'P1D', timeouts: [{ after: 'PT4H', do: 'remind', repeat: 2 }, { after: 'P2D', do: 'escalate' }, { after: 'P5D', do: 'autoApprove' }] }), approved], ['start > first', 'first > approved'])

  test('reminders repeat, then it goes to the manager, then it decides itself; each is told in the trail', () => {
    const { state, effects } = walk(timed, ['first.1.t0 fires', 'first.1.t1 fires', 'first.1.t2 fires'])
    expect(words(effects[1]!)).toEqual(['schedule first.1.t0.2 after PT4H', 'remind first.1.0'])
    expect(words(effects[2]!)).toContain('reassigned first mia to dan')
    expect(words(effects[3]!)).toContain('automatic first approved')
    expect(state.status).toBe('approved')
  })

  test('on what is decided a timer does nothing, and they are taken back', () => {
    const { effects } = walk(timed, ['mia approves'])
    expect(words(effects[1]!)).toContain('release first.1')
    const later = flow([start, ask('first', 'mia'), ask('second', 'dan'), approved], ['start > first', 'first > second', 'second > approved'])
    expect(walk(later, ['mia approves', 'first.1.t0 fires']).effects[2]).toEqual([])
  })

  test('a pause goes on when its moment comes', () => {
    const definition = flow([start, { id: 'pause', type: 'timer', after: 'P1D' }, ask('first', 'mia'), approved], ['start > pause', 'pause > first', 'first > approved'])
    const context = asAnn({ moment: () => '2026-12-01T00:00:00.000Z' })
    expect(words(walk(definition, [], context).effects[0]!)).toEqual(['schedule pause.1.wait 2026-12-01T00:00:00.000Z'])
    expect(openTasks(walk(definition, ['pause.1.wait fires'], context).state)).toEqual(['first: mia'])
  })
})

describe('several ways that apply', () => {
  const ways: FlowNode[] = [start, { id: 'which', type: 'inclusive' }, ask('law', 'mia'), ask('money', 'dan'), ask('other', 'fay'), { id: 'meet', type: 'inclusive' }, approved]
  const definition = flow(ways, ['start > which', 'which > law when foreign', 'which > money when large', 'which > other else', 'law > meet', 'money > meet', 'other > meet', 'meet > approved'])
  test.each<[string[], string[]]>([[['foreign', 'large'], ['law: mia', 'money: dan']], [['large'], ['money: dan']], [[], ['other: fay']]])('%j', (conditions, open) => {
    const context = asAnn({ holds: (condition) => conditions.includes(condition) })
    const { state } = walk(definition, [], context)
    expect(openTasks(state)).toEqual(open)
    const decisions = open.map((o) => `${o.split(': ')[1]} approves`)
    expect(walk(definition, decisions, context).state).toMatchObject({ status: 'approved', rounds: { approved: 1 } })
  })
})

describe('flows that are called', () => {
  const each: FlowNode = { id: 'each', type: 'forEach', flow: 'check', of: 'lines' }
  const definition = flow([start, each, ask('last', 'bob'), approved], ['start > each', 'each > last', 'last > approved'])
  const context = asAnn({ calls: () => [{ flow: 'check', row: 'a' }, { flow: 'check', row: 'b' }] })

  test('all must be approved', () => {
    expect(openTasks(walk(definition, ['each.1.1 ended approved'], context).state)).toEqual([])
    expect(openTasks(walk(definition, ['each.1.1 ended approved', 'each.1.0 ended approved'], context).state)).toEqual(['last: bob'])
    expect(walk(definition, ['each.1.1 ended withdrawn'], context).state.status).toBe('rejected')
  })

  test('a result that comes twice counts once', () => {
    expect(walk(definition, ['each.1.1 ended approved', 'each.1.1 ended rejected'], context).state.status).toBe('running')
  })
})

test('an administrator’s jump takes the whole fork along', () => {
  const { state } = walk(fork(), ['mia approves'])
  const jumped = advance(fork(), state, { type: 'jump', token: state.tokens[0]!.id, to: 'c' }, asAnn()).state
  expect(openTasks(jumped)).toEqual(['c: bob'])
  expect(brokenRules(fork(), jumped)).toEqual([])
})

test('200 approvals in series', () => {
  const nodes = Array.from({ length: 200 }, (_, i) => ask(`n${i}`, 'mia'))
  const edges: Edge[] = [...nodes, approved].map((n, i) => ({ id: `e${i}`, source: i === 0 ? 'start' : `n${i - 1}`, target: n.id }))
  const definition = { ...flow([start, ...nodes, approved], []), edges }
  let { state } = advance(definition, undefined, { type: 'start' }, asAnn())
  for (let i = 0; i < 200; i++) state = advance(definition, state, { type: 'decide', task: `n${i}.1.0`, decision: 'approve' }, asAnn()).state
  expect(state.status).toBe('approved')
})

describe('a timer that was given up', () => {
  const pause = flow([start, { id: 'pause', type: 'timer', after: 'P1D' }, ask('first', 'mia'), approved], ['start > pause', 'pause > first', 'first > approved'])
  const waits = asAnn({ moment: () => '2026-12-01T01:00:00.000Z' })
  const failed = { type: 'timerFailed' as const, node: 'pause', round: 1, name: 'wait', reason: 'the store said no' }

  test('stands still and says why; tried again it fires at once', () => {
    const { state } = walk(pause, [], waits)
    const stuck = advance(pause, state, failed, waits)
    expect([stuck.state.status, stuck.state.tokens[0]!.incident, words(stuck.effects)]).toEqual(['incident', 'the store said no', ['incident pause']])
    const again = advance(pause, stuck.state, { type: 'retry' }, waits)
    expect([again.state.status, words(again.effects)]).toEqual(['running', ['schedule pause.1.wait now']])
    expect(openTasks(advance(pause, again.state, { type: 'timer', node: 'pause', round: 1, name: 'wait' }, waits).state)).toEqual(['first: mia'])
  })

  test('after its round is over it does nothing', () => {
    const { state } = walk(pause, ['pause.1.wait fires'], waits)
    expect(advance(pause, state, failed, waits)).toMatchObject({ state: { status: 'running' }, effects: [] })
  })
})
