/** The interpreter by tables: definition + events → state + effects; every walk is taken once more with the state through JSON. */
import { advance } from '../../runtime/engine'
import { ExpressionError } from '../../schemas/expressions'
import { approved, asAnn, ask, brokenRules, by, effect, flow, openTasks, parallel, places, rejected, start, walk, words } from '../support/flows'
import { company } from '../support/company'

const holding = (...conditions: string[]) => asAnn({ holds: (condition) => conditions.includes(condition) })

describe('one after the other', () => {
  const two = flow([start, ask('first', 'mia', { effects: { onApproved: [effect('ok')], onRejected: [effect('no')] } }), ask('second', 'dan'), { ...approved, effects: [effect('done')] }],
    ['start > first', 'first > second', 'second > approved'], { onSubmit: [effect('submitted')], onReject: [effect('refused')], onWithdraw: [effect('back')] })

  test('it starts with the first, and submitting acts on the record', () => {
    const { state, effects } = walk(two)
    expect(openTasks(state)).toEqual(['first: mia'])
    expect(words(effects[0]!)).toEqual(['record submit submitted', 'open first.1.0 mia'])
  })

  test('each approval goes on, the last ends it', () => {
    const { state, effects } = walk(two, ['mia approves', 'dan approves'])
    expect(words(effects[1]!)).toEqual(['close first.1.0 approved', 'record first.1 ok', 'open second.1.0 dan'])
    expect(words(effects[2]!)).toEqual(['close second.1.0 approved', 'record approved.1 done', 'ended approved'])
    expect(state).toMatchObject({ status: 'approved', tokens: [] })
  })

  test('a rejection ends it at once, with the effects of the node and of the flow', () => {
    const { state, effects } = walk(two, ['mia rejects'])
    expect(words(effects[1]!)).toEqual(['close first.1.0 rejected', 'record first.1 no', 'record reject refused', 'ended rejected'])
    expect(state).toMatchObject({ status: 'rejected', tokens: [] })
  })

  test('withdrawing closes what is open', () => {
    const { state, effects } = walk(two, ['mia approves', 'withdraw'])
    expect(words(effects[2]!)).toEqual(['close second.1.0 cancelled', 'record withdraw back', 'ended withdrawn'])
    expect(state).toMatchObject({ status: 'withdrawn', tokens: [] })
  })
})

describe('by condition', () => {
  const byAmount = flow([start, by, ask('boss', 'bob'), ask('manager', 'mia'), approved], ['start > by', 'by > boss when large', 'by > manager when medium', 'by > approved else', 'boss > approved', 'manager > approved'])

  test.each<[string[], string[], string]>([
    [['large', 'medium'], ['boss: bob'], 'running'],
    [['medium'], ['manager: mia'], 'running'],
    [[], [], 'approved'],
  ])('%j', (conditions, open, status) => {
    const { state } = walk(byAmount, [], holding(...conditions))
    expect(openTasks(state)).toEqual(open)
    expect(state.status).toBe(status)
  })

  test('rule 2: ways are tried in their order, not in that of the document', () => {
    const turned = { ...byAmount, edges: [...byAmount.edges].reverse() }
    expect(openTasks(walk(turned, [], holding('large', 'medium')).state)).toEqual(['boss: bob'])
  })

  test('rule 2: no way applies: an incident, never a silent end', () => {
    const noDefault = flow([start, by, ask('boss', 'bob'), approved], ['start > by', 'by > boss when large', 'boss > approved'])
    const { state, effects } = walk(noDefault)
    expect(state).toMatchObject({ status: 'incident', tokens: [{ node: 'by' }] })
    expect(words(effects[0]!)).toEqual(['incident by'])
  })

  test('a condition that cannot be evaluated: an incident that says why', () => {
    const failing = asAnn({ holds: () => { throw new ExpressionError('a number is expected') } })
    const { state, effects } = walk(byAmount, [], failing)
    expect(state.status).toBe('incident')
    expect(effects[0]).toEqual([{ kind: 'incident', node: 'by', reason: { code: 'notEvaluated', params: { reason: expect.stringContaining('a number is expected') as string } } }])
  })

  test('the condition is looked at when the token comes by, not when it starts', () => {
    let large = false
    const later = flow([start, ask('manager', 'mia'), by, ask('boss', 'bob'), approved], ['start > manager', 'manager > by', 'by > boss when large', 'by > approved else', 'boss > approved'])
    const context = asAnn({ holds: () => large })
    const { state } = advance(later, undefined, { type: 'start' }, context)
    large = true
    expect(openTasks(advance(later, state, { type: 'decide', task: 'manager.1.0', decision: 'approve' }, context).state)).toEqual(['boss: bob'])
  })
})

describe('at the same time', () => {
  const both = flow([start, parallel('fork'), ask('director', 'dan', { effects: { onApproved: [effect('dan')] } }), ask('finance', 'fay'), parallel('join'), ask('boss', 'bob'), approved],
    ['start > fork', 'fork > director', 'fork > finance', 'director > join', 'finance > join', 'join > boss', 'boss > approved'])

  test('both are asked at once', () => {
    expect(openTasks(walk(both).state)).toEqual(['director: dan', 'finance: fay'])
  })

  test.each([[['dan approves', 'fay approves']], [['fay approves', 'dan approves']]])('%j: the join fires once, after the last', (happenings) => {
    const first = walk(both, happenings.slice(0, 1)).state
    expect(openTasks(first)).toHaveLength(1)
    expect(places(first)).toContain('join')
    const { state, effects } = walk(both, happenings)
    expect(effects.flat().filter((e) => e.kind === 'openTask' && e.task.node === 'boss')).toHaveLength(1)
    expect(state).toMatchObject({ rounds: { boss: 1 }, tokens: [{ node: 'boss', forks: [] }] })
  })

  test('a rejection in one branch cancels the others', () => {
    const { state, effects } = walk(both, ['dan rejects'])
    expect(words(effects[1]!)).toEqual(['close director.1.0 rejected', 'close finance.1.0 cancelled', 'ended rejected'])
    expect(state).toMatchObject({ status: 'rejected', tokens: [] })
    expect(openTasks(state)).toEqual([])
  })

  test('a rejection in the second branch, when the first waits at the join', () => {
    const { state, effects } = walk(both, ['dan approves', 'fay rejects'])
    expect(state).toMatchObject({ status: 'rejected', tokens: [] })
    expect(words(effects[2]!)).toEqual(['close finance.1.0 rejected', 'ended rejected'])
  })

  test('withdrawing cancels both branches', () => {
    expect(words(walk(both, ['withdraw']).effects[1]!)).toEqual(['close director.1.0 cancelled', 'close finance.1.0 cancelled', 'ended withdrawn'])
  })

  test('effects of a branch happen when the branch is decided', () => {
    expect(words(walk(both, ['dan approves']).effects[1]!)).toEqual(['close director.1.0 approved', 'record director.1 dan'])
  })

  test('branches without people join at once', () => {
    const quick = flow([start, parallel('fork'), by, { ...by, id: 'by2' }, parallel('join'), approved], ['start > fork', 'fork > by', 'fork > by2', 'by > join else', 'by2 > join else', 'join > approved'])
    expect(walk(quick).state).toMatchObject({ status: 'approved', rounds: { join: 2, approved: 1 } })
  })

  test('rule 4: a fork within a fork: the inner join waits for its own only', () => {
    const nested = flow([start, parallel('outer'), parallel('inner'), ask('a', 'mia'), ask('b', 'dan'), ask('c', 'fay'), parallel('innerJoin'), parallel('outerJoin'), approved],
      ['start > outer', 'outer > inner', 'outer > c', 'inner > a', 'inner > b', 'a > innerJoin', 'b > innerJoin', 'innerJoin > outerJoin', 'c > outerJoin', 'outerJoin > approved'])
    const { state } = walk(nested, ['mia approves', 'dan approves'])
    expect(places(state)).toEqual(['c', 'outerJoin'])
    expect(walk(nested, ['mia approves', 'dan approves', 'fay approves']).state).toMatchObject({ status: 'approved', rounds: { approved: 1 } })
    expect(walk(nested, ['fay approves', 'mia approves', 'dan approves']).state.status).toBe('approved')
  })

  test('rule 4: a branch that ends elsewhere does not keep the join waiting', () => {
    const early = flow([start, parallel('fork'), ask('a', 'mia'), ask('b', 'dan'), by, parallel('join'), ask('boss', 'bob'), approved, { ...approved, id: 'enough' }],
      ['start > fork', 'fork > a', 'fork > b', 'a > join', 'b > by', 'by > enough when small', 'by > join else', 'join > boss', 'boss > approved'])
    const waiting = walk(early, ['mia approves'], holding('small')).state
    expect(places(waiting)).toEqual(['b', 'join'])
    const { state } = walk(early, ['mia approves', 'dan approves'], holding('small'))
    expect(openTasks(state)).toEqual(['boss: bob'])
    expect(walk(early, ['dan approves', 'mia approves'], holding('small')).state).toMatchObject({ status: 'running', tokens: [{ node: 'boss' }] })
  })

  test('three branches ending in ends of their own: the last one ends it', () => {
    const apart = flow([start, parallel('fork'), ask('a', 'mia'), ask('b', 'dan'), ask('c', 'fay'), approved], ['start > fork', 'fork > a', 'fork > b', 'fork > c', 'a > approved', 'b > approved', 'c > approved'])
    expect(walk(apart, ['mia approves', 'fay approves']).state.status).toBe('running')
    const { state, effects } = walk(apart, ['mia approves', 'fay approves', 'dan approves'])
    expect(state.status).toBe('approved')
    expect(effects.flat().filter((e) => e.kind === 'ended')).toHaveLength(1)
  })

  test('an end that rejects ends the whole', () => {
    const bad = flow([start, parallel('fork'), ask('a', 'mia'), ask('b', 'dan'), rejected, approved], ['start > fork', 'fork > a', 'fork > b', 'a > rejected', 'b > approved'], { onReject: [effect('refused')] })
    const { state, effects } = walk(bad, ['mia approves'])
    expect(state).toMatchObject({ status: 'rejected', tokens: [] })
    expect(words(effects[1]!)).toEqual(['close a.1.0 approved', 'close b.1.0 cancelled', 'record reject refused', 'ended rejected'])
  })
})

describe('several people at one node', () => {
  const team = (mode: 'all' | 'any') => flow([start, ask('team', ['mia', 'dan', 'fay'], { multi: { mode } }), approved], ['start > team', 'team > approved'])

  test('any: the first decides, the others need not', () => {
    const { state, effects } = walk(team('any'), ['dan approves'])
    expect(words(effects[1]!)).toEqual(['close team.1.1 approved', 'close team.1.0 cancelled', 'close team.1.2 cancelled', 'ended approved'])
    expect(state.status).toBe('approved')
  })

  test('all: everybody must approve', () => {
    expect(openTasks(walk(team('all'), ['dan approves', 'mia approves']).state)).toEqual(['team: fay'])
    expect(walk(team('all'), ['dan approves', 'mia approves', 'fay approves']).state.status).toBe('approved')
  })

  test('all: one rejection is enough', () => {
    const { state } = walk(team('all'), ['dan approves', 'fay rejects'])
    expect(state).toMatchObject({ status: 'rejected', tokens: [] })
    expect(state.tasks.map((t) => t.status)).toEqual(['cancelled', 'approved', 'rejected'])
  })

  test('nobody to be found: decided by itself, and the trail says so', () => {
    const empty = flow([start, ask('gone', 'ivy', { onEmpty: { action: 'autoApprove' }, effects: { onApproved: [effect('ok')] } }), ask('boss', 'bob'), approved], ['start > gone', 'gone > boss', 'boss > approved'])
    const { state, effects } = walk(empty)
    expect(words(effects[0]!)).toEqual(['automatic gone approved', 'record gone.1 ok', 'open boss.1.0 bob'])
    expect(openTasks(state)).toEqual(['boss: bob'])
    const refusing = flow([start, ask('gone', 'ivy', { onEmpty: { action: 'autoReject' } }), approved], ['start > gone', 'gone > approved'])
    expect(words(walk(refusing).effects[0]!)).toEqual(['automatic gone rejected', 'ended rejected'])
  })

  test('a whole flow that decides itself ends in one step', () => {
    const itself = flow([start, ask('me', 'ann', { onSelf: 'skip' }), approved], ['start > me', 'me > approved'])
    expect(words(walk(itself).effects[0]!)).toEqual(['automatic me approved', 'ended approved'])
  })

  test('nobody, and no administrator: an incident', () => {
    const { state } = walk(flow([start, ask('gone', 'ivy'), approved], ['start > gone', 'gone > approved']), [], asAnn({ people: { ...company, admins: () => [] } }))
    expect(state).toMatchObject({ status: 'incident', tokens: [{ node: 'gone' }] })
  })
})

describe('back to an earlier node', () => {
  const again = flow([start, ask('first', 'mia'), ask('second', 'dan'), by, approved], ['start > first', 'first > second', 'second > by', 'by > first when unhappy', 'by > approved else'])

  test('rule 8: each entry is a round of its own, with tasks of its own', () => {
    let rounds = 0
    const context = asAnn({ holds: () => rounds++ === 0 })
    const first = advance(again, undefined, { type: 'start' }, context).state
    const second = advance(again, first, { type: 'decide', task: 'first.1.0', decision: 'approve' }, context).state
    const back = advance(again, second, { type: 'decide', task: 'second.1.0', decision: 'approve' }, context).state
    expect(back.tasks.map((t) => `${t.key} ${t.status}`)).toEqual(['first.1.0 approved', 'second.1.0 approved', 'first.2.0 open'])
    const on = advance(again, back, { type: 'decide', task: 'first.2.0', decision: 'approve' }, context).state
    expect(openTasks(on)).toEqual(['second: dan'])
    expect(brokenRules(again, on)).toEqual([])
  })
})

describe('two tokens at one node', () => {
  const all = { multi: { mode: 'all' as const } }

  test.each([
    ['a fork that forgets to join', flow([start, parallel('fork'), ask('a', 'mia'), ask('b', 'dan'), ask('c', ['fay', 'fred'], all), approved], ['start > fork', 'fork > a', 'fork > b', 'a > c', 'b > c', 'c > approved'])],
    ['both ways of a fork into one node', flow([start, parallel('fork'), ask('c', ['fay', 'fred'], all), approved], ['start > fork', 'fork > c', 'fork > c', 'c > approved'])],
  ])('%s: everybody is asked for each, and it comes to an end', (_, definition) => {
    const context = asAnn()
    let { state } = advance(definition, undefined, { type: 'start' }, context)
    for (let i = 0; i < 10 && state.status === 'running'; i++) {
      expect(brokenRules(definition, state)).toEqual([])
      state = advance(definition, state, { type: 'decide', task: state.tasks.find((t) => t.status === 'open')!.key, decision: 'approve' }, context).state
    }
    expect(state.status).toBe('approved')
  })

  test('rules 4 and 21: a join waits only for those who can still come, so that crossed ways do not wait for each other for ever', () => {
    const definition = flow([start, parallel('fork'), ask('a', 'mia'), ask('b', 'dan'), by, parallel('join1'), parallel('join2'), approved],
      ['start > fork', 'fork > a', 'fork > b', 'a > join1', 'b > by', 'by > join2 else', 'by > join1 when never', 'fork > join2', 'join1 > approved', 'join2 > approved'])
    const { state: waiting } = walk(definition, ['mia approves'])
    expect(waiting).toMatchObject({ status: 'running', tokens: expect.arrayContaining([expect.objectContaining({ node: 'join1', joining: true })]) })
    const { state } = walk(definition, ['mia approves', 'dan approves'])
    expect(brokenRules(definition, state)).toEqual([])
    expect(state.status).toBe('approved')
  })
})

describe('automatic steps', () => {
  const chain = (length: number, members = {}) => {
    const nodes = Array.from({ length }, (_, i) => ({ id: `n${i}`, type: 'exclusive' as const }))
    return flow([start, ...nodes, approved], ['start > n0', ...nodes.slice(1).map((n, i) => `n${i} > ${n.id} else`), `n${length - 1} > approved else`], members)
  }

  test('rule 18: 1,000 in a row', () => {
    // Start and end are steps as well.
    expect(walk(chain(998)).state.status).toBe('approved')
    expect(walk(chain(1000, { settings: { maxAutoSteps: 1002 } })).state.status).toBe('approved')
    expect(walk(chain(1000, { settings: { maxAutoSteps: 1001 } })).state).toMatchObject({ status: 'incident', tokens: [{ node: 'approved' }] })
  })

  test('rule 18: a circle without people is stopped, and the incident keeps the token', () => {
    const circle = flow([start, by, { ...by, id: 'by2' }, approved], ['start > by', 'by > by2 else', 'by2 > approved when never', 'by2 > by else'], { settings: { maxAutoSteps: 50 } })
    const { state, effects } = walk(circle)
    expect(state.status).toBe('incident')
    expect(state.tokens).toHaveLength(1)
    expect(effects[0]!.at(-1)).toMatchObject({ kind: 'incident', reason: { code: 'tooManySteps', params: { limit: 50 } } })
  })
})
