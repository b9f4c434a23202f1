/**
 * Random flows, random decisions: whatever may be published never comes to a dead end (flows.md, rule 21), every decision is taken
 * once (rule 8), and a restart after any step changes nothing. Failures print the seed; run again with `fc.assert(…, { seed, path })`.
 */
import fc from 'fast-check'
import { advance, compileCatalog, migrationOf, type FlowState } from '../../runtime/engine'
import type { Edge, Entity, Flow, FlowNode } from '../../schemas/generated/types'
import { systemDefinitions } from '../../schemas/system'
import { asAnn, brokenRules } from '../support/flows'
import { company } from '../support/company'

const label = { en: 'x', zh: 'x' }
const thing: Entity = { kind: 'entity', name: 'thing', label, titleField: 'title', fields: [{ name: 'title', type: 'text', label }, { name: 'flag', type: 'boolean', label }] }
const problemsOf = (flow: Flow) => compileCatalog([...systemDefinitions, thing, flow]).problems

/** People who are there, who left, who is the submitter; so that every way of finding nobody comes up. */
const people = fc.subarray(['mia', 'dan', 'fay', 'ivy', 'ann'], { minLength: 1 })
const approvalMembers = fc.record({
  multi: fc.record({ mode: fc.constantFrom('any' as const, 'all' as const, 'sequential' as const, 'vote' as const, 'claim' as const) }),
  onEmpty: fc.record({ action: fc.constantFrom('admin' as const, 'autoApprove' as const, 'autoReject' as const, 'suspend' as const) }),
  onSelf: fc.constantFrom('allow' as const, 'skip' as const, 'manager' as const, 'departmentHead' as const),
})

/** A decision of whoever still has an open task; -1 withdraws. */
const decisions = fc.array(fc.record({ pick: fc.nat(), approve: fc.integer({ min: 0, max: 9 }).map((n) => n < 8) }), { maxLength: 40 })
const conditions = fc.infiniteStream(fc.boolean())

/** Plays decisions until the flow ends or none are left; checks every state on the way. */
function play(flow: Flow, choices: { pick: number; approve: boolean }[], answers: Iterator<boolean>) {
  const seen: boolean[] = []
  const holds = () => { const answer = answers.next().value as boolean; seen.push(answer); return answer }
  /** The same answers again, for the walk that is reloaded before each step. */
  const replay = () => { let i = 0; return () => seen[i++]! }
  const decided = new Set<string>()
  const step = (state: FlowState | undefined, event: Parameters<typeof advance>[2]) => {
    seen.length = 0
    const advanced = advance(flow, state, event, asAnn({ holds, people: company }))
    const { state: next, effects } = advanced
    const again = advance(flow, state && (JSON.parse(JSON.stringify(state)) as FlowState), event, asAnn({ holds: replay(), people: company }))
    expect(again).toEqual(advanced)
    expect(brokenRules(flow, next)).toEqual([])
    expect(effects.filter((e) => e.kind === 'ended')).toHaveLength(next.status === 'running' || next.status === 'incident' ? 0 : 1)
    for (const e of effects) if (e.kind === 'closeTask' && e.status !== 'cancelled') { expect(decided).not.toContain(e.key); decided.add(e.key) }
    return next
  }
  let state = step(undefined, { type: 'start' })
  for (const { pick, approve } of choices) {
    const open = state.tasks.filter((t) => t.status === 'open')
    if (state.status !== 'running') return
    state = step(state, { type: 'decide', task: open[pick % open.length]!.key, decision: approve ? 'approve' : 'reject' })
  }
  if (state.status === 'running') expect(step(state, { type: 'withdraw' }).status).toBe('withdrawn')
}

describe('flows of nested blocks', () => {
  type Block = { kind: 'ask'; people: string[]; members: object } | { kind: 'sequence'; blocks: Block[] } | { kind: 'choice'; blocks: Block[]; endEarly: boolean } | { kind: 'both'; blocks: Block[] } | { kind: 'loop'; block: Block }
  const { block } = fc.letrec<{ block: Block }>((tie) => ({
    block: fc.oneof({ depthSize: 'small', withCrossShrink: true },
      fc.record({ kind: fc.constant('ask' as const), people, members: approvalMembers }),
      fc.record({ kind: fc.constant('sequence' as const), blocks: fc.array(tie('block'), { minLength: 1, maxLength: 3 }) }),
      fc.record({ kind: fc.constant('choice' as const), blocks: fc.array(tie('block'), { minLength: 1, maxLength: 3 }), endEarly: fc.boolean() }),
      fc.record({ kind: fc.constant('both' as const), blocks: fc.array(tie('block'), { minLength: 2, maxLength: 3 }) }),
      fc.record({ kind: fc.constant('loop' as const), block: tie('block') })),
  }))

  /** Draws a block between two places. */
  function draw(top: Block): Flow {
    const nodes: FlowNode[] = [{ id: 'start', type: 'start' }, { id: 'approved', type: 'end', result: 'approved' }]
    const edges: Edge[] = []
    const add = (node: Omit<FlowNode, 'id'>) => { const id = `n${nodes.length}`; nodes.push({ ...node, id } as FlowNode); return id }
    const link = (source: string, target: string, members: Partial<Edge> = {}) => { edges.push({ id: `e${edges.length}`, source, target, order: edges.length, ...members }) }
    /** Gives the first node of the block; calls `exit` with every way out of it. */
    const put = (b: Block): { first: string; last: string; members?: Partial<Edge> } => {
      if (b.kind === 'ask') { const id = add({ type: 'approval', assignees: b.people.map((user) => ({ kind: 'user', user })), ...b.members } as never); return { first: id, last: id } }
      if (b.kind === 'sequence') {
        const parts = b.blocks.map(put)
        parts.slice(1).forEach((part, i) => link(parts[i]!.last, part.first, parts[i]!.members))
        return { ...parts.at(-1)!, first: parts[0]!.first }
      }
      if (b.kind === 'loop') {
        const inner = put(b.block)
        const pause = add({ type: 'approval', assignees: [{ kind: 'user', user: 'bob' }] } as never)
        const again = add({ type: 'exclusive' } as never)
        link(inner.last, pause, inner.members)
        link(pause, again)
        link(again, inner.first, { when: 'flag' })
        return { first: inner.first, last: again, members: { default: true } }
      }
      const open = add({ type: b.kind === 'both' ? 'parallel' : 'exclusive' } as never)
      const close = add({ type: b.kind === 'both' ? 'parallel' : 'exclusive' } as never)
      b.blocks.forEach((inner, i) => {
        const part = put(inner)
        link(open, part.first, b.kind === 'both' ? {} : i === 0 ? { default: true } : { when: 'flag' })
        link(part.last, close, part.members)
      })
      if (b.kind === 'choice' && b.endEarly) link(open, 'approved', { when: 'flag' })
      return b.kind === 'both' ? { first: open, last: close } : { first: open, last: close, members: { default: true } }
    }
    const { first, last, members } = put(top)
    link('start', first)
    link(last, 'approved', members)
    return { kind: 'flow', name: 'flow', entity: 'thing', label, nodes, edges }
  }

  test('may be published', () => fc.assert(fc.property(block, (b) => expect(problemsOf(draw(b))).toEqual([])), { numRuns: 200 }))

  test('come to no dead end', () => fc.assert(fc.property(block, decisions, conditions, (b, choices, answers) => play(draw(b), choices, answers)), { numRuns: 800 }))
})

describe('any graph that may be published', () => {
  const types = fc.constantFrom('approval', 'approval', 'exclusive', 'parallel')
  const graph = fc.tuple(fc.array(fc.record({ type: types, people, members: approvalMembers }), { minLength: 1, maxLength: 6 }), fc.infiniteStream(fc.nat())).map(([wanted, random]) => {
    const pick = (n: number) => (random.next().value as number) % n
    const nodes: FlowNode[] = [{ id: 'start', type: 'start' }, ...wanted.map(({ type, people, members }, i) => (type === 'approval' ? { id: `n${i}`, type, assignees: people.map((user) => ({ kind: 'user', user })), ...members } : { id: `n${i}`, type }) as FlowNode), { id: 'end', type: 'end', result: 'approved' }]
    const edges: Edge[] = []
    const link = (source: string, members: Partial<Edge> = {}) => { edges.push({ id: `e${edges.length}`, source, target: nodes[1 + pick(nodes.length - 1)]!.id, order: edges.length, ...members }) }
    for (const { id, type } of nodes) {
      if (type === 'start' || type === 'approval') link(id)
      if (type === 'exclusive') { link(id, { default: true }); for (let i = pick(3); i > 0; i--) link(id, { when: 'flag' }) }
      if (type === 'parallel') for (let i = 1 + pick(3); i > 0; i--) link(id)
    }
    return { kind: 'flow', name: 'flow', entity: 'thing', label, nodes, edges, settings: { maxAutoSteps: 100 } } satisfies Flow
  }).filter((flow) => problemsOf(flow).length === 0)

  test('comes to no dead end', () => fc.assert(fc.property(graph, decisions, conditions, (flow, choices, answers) => play(flow, choices, answers)), { numRuns: 1500 }))

  test('goes on in any other, wherever its tokens are sent', () => fc.assert(fc.property(graph, graph, decisions, conditions, fc.infiniteStream(fc.nat()), (from, to, choices, answers, random) => {
    const context = asAnn({ holds: () => answers.next().value as boolean, people: company })
    const decide = (flow: Flow, state: FlowState, { pick, approve }: (typeof choices)[number]) => {
      const open = state.tasks.filter((t) => t.status === 'open')
      return open.length === 0 ? state : advance(flow, state, { type: 'decide', task: open[pick % open.length]!.key, decision: approve ? 'approve' : 'reject' }, context).state
    }
    let state = advance(from, undefined, { type: 'start' }, context).state
    for (const choice of choices.slice(0, 5)) state = decide(from, state, choice)
    if (state.status !== 'running' && state.status !== 'incident') return
    const anywhere = () => to.nodes[1 + ((random.next().value as number) % (to.nodes.length - 1))]!.id
    const given = Object.fromEntries(migrationOf(from, to, state, {}).unplaced.map((node) => [node, anywhere()]))
    const { mapping, unplaced } = migrationOf(from, to, state, given)
    expect(unplaced).toEqual([])
    state = advance(to, state, { type: 'migrate', mapping }, context).state
    expect(brokenRules(to, state)).toEqual([])
    for (const choice of choices) { state = decide(to, state, choice); expect(brokenRules(to, state)).toEqual([]) }
  }), { numRuns: 400 }))
})
