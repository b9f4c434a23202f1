/**
 * Random flows, random happenings: whatever may be published never comes to a dead end (flows.md, rule 21), nothing is decided or done
 * twice (rules 8, 9 and 17), joins fire once (rule 4), what comes too late changes nothing (rule 16), and a restart after any step changes nothing. Failures print
 * the seed; run again with `fc.assert(…, { seed, path })`.
 */
import fc from 'fast-check'
import type { Advanced } from '../../runtime/engine/flow/advance'
import { advance, isLive, returnTargets, type FlowEffect, type FlowEvent, type FlowState } from '../../runtime/engine'
import type { Flow } from '../../schemas/generated/types'
import { nodeTypes } from '../../schemas/node-types'
import { asAnn, brokenRules } from '../support/flows'
import { company } from '../support/company'
import { block, draw, graph, problemsOf, splitsOf } from '../support/random-flows'

/** Which of the possible happenings, how it turns out, and whether a decision is a return. */
interface Choice { pick: number; good: boolean; back: boolean }
const choices = fc.array(fc.record({ pick: fc.nat(), good: fc.integer({ min: 0, max: 9 }).map((n) => n < 8), back: fc.integer({ min: 0, max: 9 }).map((n) => n === 0) }), { maxLength: 40 })
/** What conditions answer; now and then they cannot be evaluated. */
const answers = fc.infiniteStream(fc.integer({ min: 0, max: 19 }))

class Play {
  state: FlowState
  private readonly seen: number[] = []
  private readonly timers = new Set<string>()
  private readonly done = new Set<string>()
  private readonly decided = new Set<string>()
  /** Happenings that came from outside; they may come again. */
  private readonly past: FlowEvent[] = []

  /** How often nodes were entered and left. */
  private readonly entered: { [node: string]: number } = {}
  private readonly left: { [node: string]: number } = {}

  constructor(private readonly flow: Flow, private readonly random: Iterator<number>, private readonly splits: { split: string; join: string }[]) {
    this.state = this.step(undefined, { type: 'start' })
  }

  /** Everything that may happen now. */
  private possible({ good, back }: Choice): FlowEvent[] {
    const { tasks, tokens, status } = this.state
    const decisions = tasks.filter((t) => t.status === 'open').map(({ key, node }): FlowEvent => {
      if (node === 'start') return { type: 'resubmit' }
      const [to] = back ? returnTargets(this.flow, this.state, node) : []
      return to === undefined ? { type: 'decide', task: key, decision: good || this.flow.nodes.find((n) => n.id === node)!.type === 'handle' ? 'approve' : 'reject' } : { type: 'sendBack', task: key, to }
    })
    const outside = tokens.flatMap(({ node, round, waits }): FlowEvent[] => [
      ...(waits?.for === 'calls' ? waits.results.flatMap((result, index): FlowEvent[] => (result === null ? [{ type: 'childEnded', node, round, index, result: good ? 'approved' : 'rejected' }] : [])) : []),
      ...(waits?.for === 'answer' ? [{ type: 'answered' as const, node, round, answer: good ? { ok: true, status: 200, body: {}, error: null } : { ok: false, status: 500, body: null, error: 'HTTP 500' } }] : []),
    ])
    const fired = [...this.timers].map((id): FlowEvent => { const [node, round, ...name] = id.split('.'); const timer = { node: node!, round: Number(round), name: name.join('.') }; return good ? { type: 'timer', ...timer } : { type: 'timerFailed', ...timer, reason: 'given up' } })
    return [...decisions, ...outside, ...fired, ...(status === 'incident' ? [{ type: 'retry' as const }] : [])]
  }

  /** False when it has ended. */
  go(choice: Choice): boolean {
    if (!isLive(this.state)) return false
    const possible = this.possible(choice)
    expect(possible).not.toEqual([])
    const event = possible[choice.pick % possible.length]!
    if (event.type === 'timer' || event.type === 'timerFailed') this.timers.delete(`${event.node}.${event.round}.${event.name}`)
    this.state = this.step(this.state, event)
    if (event.type === 'timer' || event.type === 'timerFailed' || event.type === 'childEnded') this.past.push(event)
    this.lateComers()
    return true
  }

  end() {
    if (isLive(this.state)) expect(this.step(this.state, { type: 'withdraw' }).status).toBe('withdrawn')
  }

  /** What has happened and comes again, after the round it was of is over, leaves no trace. */
  private lateComers() {
    for (const event of this.past as { node: string; round: number }[]) {
      if (!isLive(this.state) || this.state.tokens.some((t) => t.node === event.node && t.round === event.round)) continue
      const { state, effects } = advance(this.flow, this.state, event as FlowEvent, this.context(() => false))
      expect({ state, effects }).toEqual({ state: this.state, effects: [] })
    }
  }

  private step(state: FlowState | undefined, event: FlowEvent): FlowState {
    this.seen.length = 0
    const advanced = advance(this.flow, state, event, this.context(() => { const drawn = this.random.next().value as number; this.seen.push(drawn); return said(drawn) }))
    let i = 0
    const again = advance(this.flow, state && (JSON.parse(JSON.stringify(state)) as FlowState), event, this.context(() => said(this.seen[i++]!)))
    expect(again).toEqual(advanced)
    expect(brokenRules(this.flow, advanced.state)).toEqual([])
    this.follow(advanced.effects, advanced.state)
    this.count(advanced.route)
    return advanced.state
  }

  /** A join fires once for each time its split was entered, at most (rule 4). */
  private count(route: Advanced['route']) {
    for (const { node, way } of route) {
      this.entered[node] = (this.entered[node] ?? 0) + 1
      const source = this.flow.edges.find((e) => e.id === way)?.source
      if (source !== undefined) this.left[source] = (this.left[source] ?? 0) + 1
    }
    for (const { split, join } of this.splits) expect(this.left[join] ?? 0).toBeLessThanOrEqual(this.entered[split] ?? 0)
  }

  private context(holds: () => boolean) {
    return asAnn({ holds, people: company, moment: () => 'then', calls: ({ id }) => Array.from({ length: Number(id.slice(1)) % 4 }, () => ({ flow: 'inner' })) })
  }

  private follow(effects: FlowEffect[], { status, tokens }: FlowState) {
    expect(effects.filter((e) => e.kind === 'ended')).toHaveLength(isLive({ status }) ? 0 : 1)
    for (const e of effects) {
      if (e.kind === 'closeTask' && e.status !== 'cancelled') once(this.decided, e.key)
      if (e.kind === 'record') for (const { id } of e.effects) once(this.done, `${e.at}.${id}`)
      if (e.kind === 'fill') once(this.done, `${e.at}.fill`)
      if (e.kind === 'schedule') this.timers.add(`${e.node}.${e.round}.${e.name}`)
      if (e.kind === 'release') for (const id of this.timers) if (id.startsWith(`${e.node}.${e.round}.`)) this.timers.delete(id)
    }
    const places = new Set(tokens.map((t) => `${t.node}.${t.round}`))
    expect([...this.timers].filter((id) => !places.has(id.split('.').slice(0, 2).join('.')))).toEqual([])
    for (const t of tokens) if (t.waits?.for === 'timer' && t.incident === undefined) expect(this.timers).toContain(`${t.node}.${t.round}.wait`)
  }
}

function said(drawn: number): boolean {
  if (drawn === 0) throw new Error('it cannot be evaluated')
  return drawn % 2 === 1
}

function once(known: Set<string>, key: string) {
  expect(known).not.toContain(key)
  known.add(key)
}

function play(flow: Flow, given: Choice[], random: Iterator<number>, splits: { split: string; join: string }[] = []) {
  const run = new Play(flow, random, splits)
  for (const choice of given) if (!run.go(choice)) return
  run.end()
}

describe('flows of nested blocks', () => {
  test('may be published, and have every type of node', () => {
    const types = new Set<string>()
    fc.assert(fc.property(block, (b) => { const flow = draw(b); for (const { type } of flow.nodes) types.add(type); expect(problemsOf(flow)).toEqual([]) }), { numRuns: 200 })
    expect([...types].sort()).toEqual(Object.keys(nodeTypes).sort())
  })

  test('come to no dead end', () => fc.assert(fc.property(block, choices, answers, (b, given, random) => { const flow = draw(b); play(flow, given, random, splitsOf(flow)) }), { numRuns: 600 }))
})

describe('any graph that may be published', () => {
  test('comes to no dead end', () => fc.assert(fc.property(graph, choices, answers, (flow, given, random) => play(flow, given, random)), { numRuns: 800 }))
})
