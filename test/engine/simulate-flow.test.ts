/** Simulation: the route, the people and where it hangs, by the interpreter that runs approvals. */
import { simulate, simulation } from '../../runtime/engine'
import type { FlowContext } from '../../runtime/engine'
import { withoutAdmins } from '../support/company'
import { approved, asAnn, ask, by, effect, flow, parallel, start } from '../support/flows'

const amount = (limit: number) => (condition: string) => limit > Number(/> (\d+)/.exec(condition)![1])
const byAmount = flow([start, ask('boss', 'mia'), by, ask('top', ['dan', 'bob'], { multi: { mode: 'all' } }), approved], ['start > boss', 'boss > by', 'by > top when amount > 100', 'by > approved else', 'top > approved'])
const route = (definition = byAmount, context: Partial<FlowContext> = {}, choices = {}) => {
  const { steps, status, stuck } = simulate(definition, asAnn(context), choices)
  return { status, ...(stuck && { stuck }), steps: steps.map(({ node, way, asked, decision, automatic }) => [node, way ?? '', asked.join(), decision ?? '', automatic ? 'automatic' : ''].join(' ').trim()) }
}

test('follows the condition that holds, and asks who would be asked', () => {
  expect(route(byAmount, { holds: amount(50) })).toEqual({ status: 'approved', steps: ['start', 'boss e0 mia approved', 'by e1', 'approved e3'] })
  expect(route(byAmount, { holds: amount(500) })).toEqual({ status: 'approved', steps: ['start', 'boss e0 mia approved', 'by e1', 'top e2 dan,bob approved', 'approved e4'] })
})

test('a choice rejects', () => {
  expect(route(byAmount, { holds: amount(500) }, { top: 'reject' })).toMatchObject({ status: 'rejected', steps: ['start', 'boss e0 mia approved', 'by e1', 'top e2 dan,bob rejected'] })
})

test('branches side by side are all followed; they meet once', () => {
  const both = flow([start, parallel('fork'), ask('left', 'mia'), ask('right', 'dan'), parallel('join'), approved], ['start > fork', 'fork > left', 'fork > right', 'left > join', 'right > join', 'join > approved'])
  expect(route(both).steps.filter((s) => /left|right|approved e/.test(s))).toEqual(['left e1 mia approved', 'right e2 dan approved', 'approved e5'])
})

test('one after the other: everybody is asked in turn', () => {
  const turns = flow([start, ask('all', ['mia', 'dan', 'bob'], { multi: { mode: 'sequential' } }), approved], ['start > all', 'all > approved'])
  expect(route(turns).steps).toContain('all e0 mia,dan,bob approved')
  expect(route(turns, {}, { all: 'reject' }).steps).toContain('all e0 mia rejected')
})

test('where nobody is asked it says why; where it cannot go on it stops there', () => {
  const empty = flow([start, ask('gone', 'ivy', { onEmpty: { action: 'autoApprove' } }), approved], ['start > gone', 'gone > approved'])
  expect(route(empty)).toEqual({ status: 'approved', steps: ['start', 'gone e0  approved automatic', 'approved e1'] })
  const stuck = flow([start, ask('gone', 'ivy'), approved], ['start > gone', 'gone > approved'])
  expect(route(stuck, { people: withoutAdmins })).toMatchObject({ status: 'incident', stuck: { node: 'gone' }, steps: ['start', 'gone e0'] })
  const broken = (): boolean => { throw new Error('amount is not known') }
  expect(route(byAmount, { holds: broken })).toMatchObject({ status: 'incident', stuck: { node: 'by', reason: { code: 'notEvaluated', params: { reason: expect.stringContaining('amount is not known') as string } } } })
})

test('tells the effects on the record in the order in which they come', () => {
  const done = flow([start, ask('boss', 'mia', { effects: { onApproved: [effect('yes')], onRejected: [effect('no')] } }), { ...approved, effects: [effect('end')] }], ['start > boss', 'boss > approved'], { onSubmit: [effect('sent')], onReject: [effect('refused')] })
  const kept = JSON.stringify(done)
  expect(simulate(done, asAnn()).effects.map((e) => e.id)).toEqual(['sent', 'yes', 'end'])
  expect(simulate(done, asAnn(), { boss: 'reject' }).effects.map((e) => e.id)).toEqual(['sent', 'no', 'refused'])
  expect(JSON.stringify(done)).toBe(kept)
})

test('a flow that leads back ends all the same', () => {
  const circle = flow([start, ask('boss', 'mia'), by, approved], ['start > boss', 'boss > by', 'by > boss when again > 1', 'by > approved else'])
  expect(simulate(circle, asAnn({ holds: () => true }))).toMatchObject({ status: 'running', stuck: { node: 'boss', reason: { code: 'goesOn' } } })
})

test('what is waited for comes: a timer at its time, a called flow approved; the time goes on to it', () => {
  const at = '2026-11-30T01:00:00.000Z'
  const waits = flow([start, { id: 'pause', type: 'timer', after: 'P2D' }, { id: 'child', type: 'callFlow', flow: 'other' }, { id: 'told', type: 'cc', assignees: [{ kind: 'user', user: 'dan' }] }, ask('boss', 'mia', { due: 'P1D' }), approved],
    ['start > pause', 'pause > child', 'child > told', 'told > boss', 'boss > approved'])
  const run = simulation(waits)
  const moments: (string | undefined)[] = []
  let next = run.next()
  while (!next.done) {
    moments.push(next.value.at)
    next = run.next(asAnn({ moment: () => at, due: () => '2026-12-01T01:00:00.000Z', calls: () => [{ flow: 'other' }] }))
  }
  expect(next.value).toMatchObject({ status: 'approved', steps: [{ node: 'start' }, { node: 'pause' }, { node: 'child' }, { node: 'told', told: ['dan'] }, { node: 'boss', asked: ['mia'], dueAt: '2026-12-01T01:00:00.000Z' }, { node: 'approved' }] })
  expect(moments).toEqual([undefined, at, at, '2026-12-01T01:00:00.000Z'])
})
