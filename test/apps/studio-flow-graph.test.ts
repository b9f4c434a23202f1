import fc from 'fast-check'
import type { Flow } from '../../schemas/generated/types'
import { addBranch, connect, insertable, insertOnEdge, makeDefault, moveEdge, removeEdge, removeNode } from '../../studio/designers/flow/graph/edit'
import { incoming, outgoing, reachable } from '../../studio/designers/flow/graph/graph'
import { autoLayout, placed } from '../../studio/designers/flow/graph/layout'

const smallest: Flow = {
  kind: 'flow', name: 'x_flow', entity: 'x_thing', label: { en: 'Flow', zh: '流程' },
  nodes: [{ id: 'start', type: 'start' }, { id: 'end', type: 'end', result: 'approved' }],
  edges: [{ id: 'e1', source: 'start', target: 'end' }],
}

type Step = [verb: 'insert' | 'insert' | 'insert' | 'remove' | 'removeEdge' | 'branch' | 'default' | 'move', at: number, choice: number]
const steps = fc.array(fc.tuple(fc.constantFrom('insert', 'insert', 'insert', 'branch', 'remove', 'removeEdge', 'default', 'move'), fc.nat(), fc.nat()) as fc.Arbitrary<Step>, { maxLength: 30 })
const pick = <T>(list: readonly T[], n: number) => list[n % list.length]!

function apply(flow: Flow, [verb, at, choice]: Step): Flow {
  const edge = pick(flow.edges, at)
  const node = pick(flow.nodes, at)
  switch (verb) {
    case 'insert': return insertOnEdge(flow, edge.id, pick(insertable(flow, edge), choice))?.flow ?? flow
    case 'branch': return addBranch(flow, node.id)?.flow ?? flow
    case 'remove': return removeNode(flow, node.id) ?? flow
    case 'removeEdge': return removeEdge(flow, edge.id) ?? flow
    case 'move': return moveEdge(flow, edge.id, choice % 2 ? 1 : -1)
    case 'default': return flow.nodes.find((n) => n.id === edge.source)?.type === 'exclusive' ? makeDefault(flow, edge.id) : flow
  }
}

/** What publishing asks of the shape of a flow, said a second time and independently of the editor. */
function shapeProblems(flow: Flow): string[] {
  const ids = flow.nodes.map((n) => n.id)
  const found: string[] = []
  const say = (bad: boolean, text: string) => { if (bad) found.push(text) }
  say(new Set(ids).size !== ids.length || new Set(flow.edges.map((e) => e.id)).size !== flow.edges.length, 'duplicate ids')
  say(flow.edges.some((e) => !ids.includes(e.source) || !ids.includes(e.target)), 'dangling edge')
  say(flow.nodes.filter((n) => n.type === 'start').length !== 1, 'start')
  const seen = reachable(flow.edges, ['start'])
  const backwards = flow.edges.map((e) => ({ ...e, source: e.target, target: e.source }))
  const leads = reachable(backwards, flow.nodes.filter((n) => n.type === 'end').map((n) => n.id))
  for (const { id, type } of flow.nodes) {
    const [ins, outs] = [incoming(flow, id), outgoing(flow, id)]
    say(!seen.has(id), `${id} unreached`)
    say(!leads.has(id), `${id} has no way to an end`)
    say(outs.some((e) => reachable(flow.edges, [e.target]).has(id)), `${id} is in a circle`)
    say(type === 'end' && outs.length > 0, `${id}: way out of an end`)
    say((type === 'approval' || type === 'start') && outs.length !== 1, `${id}: ${outs.length} ways out`)
    say(type === 'exclusive' && outs.filter((e) => e.default).length > 1, `${id}: two defaults`)
    say(type === 'start' && ins.length > 0, 'way into the start')
  }
  return found
}

test('whatever is inserted, branched and deleted: the graph stays sound', () => {
  fc.assert(fc.property(steps, (list) => {
    const flow = list.reduce(apply, smallest)
    expect(shapeProblems(flow)).toEqual([])
  }), { numRuns: 300 })
})

test('an inserted step can be taken out again and leaves the flow as it was', () => {
  fc.assert(fc.property(steps, fc.nat(), (list, at) => {
    const flow = list.reduce(apply, smallest)
    const { flow: grown, added } = insertOnEdge(flow, pick(flow.edges, at).id, 'approval')!
    const back = removeNode(grown, added)!
    expect(back.nodes).toEqual(flow.nodes)
    expect(back.edges).toEqual(flow.edges)
  }))
})

test('a condition stays with the way into the inserted node', () => {
  const { flow } = insertOnEdge({ ...smallest, edges: [{ ...smallest.edges[0]!, when: 'amount > 1' }] }, 'e1', 'approval')!
  expect(outgoing(flow, 'start')[0]).toMatchObject({ when: 'amount > 1' })
  expect(flow.edges.filter((e) => e.when)).toHaveLength(1)
})

test('an end is offered only where what follows is still reached', () => {
  expect(insertable(smallest, smallest.edges[0]!)).not.toContain('end')
  const choice = insertOnEdge(smallest, 'e1', 'exclusive')!.flow
  const bypass = choice.edges.find((e) => e.default)!
  expect(insertable(choice, bypass)).toContain('end')
})

test('a way back is not drawn', () => {
  const { flow, added } = insertOnEdge(smallest, 'e1', 'exclusive')!
  const step = outgoing(flow, added)[0]!.target
  expect(connect(flow, step, added)).toBeUndefined()
  expect(connect(flow, added, 'start')).toBeUndefined()
})

test('the layout keeps the order of branches, and nodes do not overlap', () => {
  const size = { width: 220, height: 72 }
  fc.assert(fc.property(steps, (list) => {
    const flow = list.reduce(apply, smallest)
    const at = autoLayout(flow, () => size).places
    for (const { id } of flow.nodes) {
      const own = outgoing(flow, id).map((e) => e.target).filter((t) => incoming(flow, t).length === 1)
      const xs = own.map((t) => at[t]!.x)
      expect(xs).toEqual(xs.toSorted((a, b) => a - b))
    }
    const overlap = flow.nodes.some((a, i) => flow.nodes.slice(i + 1).some((b) =>
      Math.abs(at[a.id]!.x - at[b.id]!.x) < size.width && Math.abs(at[a.id]!.y - at[b.id]!.y) < size.height))
    expect(overlap).toBe(false)
  }))
})

test('a node without a chosen place follows the one before it', () => {
  const auto = { places: { start: { x: 0, y: 0 }, end: { x: 0, y: 100 } }, lanes: { e1: { x: 10, y: 50 } } }
  expect(placed({ ...smallest, layout: { start: { x: 50, y: 5 } } }, auto))
    .toEqual({ places: { start: { x: 50, y: 5 }, end: { x: 50, y: 105 } }, lanes: { e1: { x: 60, y: 55 } } })
})

test('two hundred nodes are laid out quickly', () => {
  let flow = smallest
  for (let i = 0; flow.nodes.length < 200; i += 1) flow = insertOnEdge(flow, pick(flow.edges, i * 7).id, pick(['approval', 'parallel', 'exclusive'] as const, i))!.flow
  const begin = performance.now()
  autoLayout(flow, () => ({ width: 220, height: 72 }))
  expect(performance.now() - begin).toBeLessThan(2000)
})

test('a step that works by itself keeps its place with one way out; more ways are tried before it, which becomes the default', () => {
  const { flow: called, added } = insertOnEdge(smallest, 'e1', 'service')!
  expect(outgoing(called, added)).toEqual([expect.not.objectContaining({ default: true })])
  const branched = addBranch(called, added)!.flow
  expect(outgoing(branched, added).map((e) => [e.target, e.default])).toEqual([[expect.stringContaining('approval'), undefined], ['end', true]])
  const alone = removeEdge(branched, outgoing(branched, added)[0]!.id)!
  expect([alone.nodes, alone.edges]).toEqual([called.nodes, called.edges])
})
