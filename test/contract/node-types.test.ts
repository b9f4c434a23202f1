/** Every node type with its own examples: a sound definition, and for what it sees the step it answers with. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { nodeTypes, nodeTypeOf } from '../../schemas/node-types'
import type { NodeExamples, NodeView } from '../../schemas/node-types/node-type'
import type { Flow } from '../../schemas/generated/types'
import { definitionProblems } from '../../schemas/validate'
import { company } from '../support/company'
import { root } from '../support/sources'

const folder = join(root, 'schemas/node-types')
const types = readdirSync(folder, { withFileTypes: true }).filter((e) => e.isDirectory()).map((e) => e.name)
const cases = types.flatMap((type) => jest.requireActual<{ examples: NodeExamples[] }>(join(folder, type, 'examples.ts')).examples.flatMap(({ node, cases }) => cases.map((c) => ({ type, node, ...c }))))

/** What a node sees unless the example says otherwise. */
const ordinary: NodeView = {
  out: [{ id: 'on', source: 'here', target: 'there' }], into: 1, round: 1, holds: () => false, people: company, initiator: 'ann', tasks: [], flow: { name: 'flow' }, value: () => undefined, evaluate: () => null, chosen: [], earlier: [], reusable: () => undefined,
  results: [], answer: null, moment: () => undefined, lookup: () => ({ outputs: {}, note: 'no line' }), calls: () => [],
}

test('every type has examples, for its own nodes', () => {
  expect([...new Set(cases.map((c) => c.type))].sort()).toEqual(Object.keys(nodeTypes).sort())
  expect(cases.filter((c) => c.node.type !== c.type)).toEqual([])
})

describe.each(types)('%s', (type) => {
  const own = cases.filter((c) => c.type === type)

  test('its examples are sound definitions', () => {
    const flow = (node: (typeof own)[number]['node']): Flow => ({ kind: 'flow', name: 'flow', entity: 'thing', label: { en: 'Flow', zh: '流程' }, nodes: [node, node], edges: [{ id: 'e', source: 'a', target: 'b' }] })
    expect(own.flatMap((c) => definitionProblems(flow(c.node)))).toEqual([])
  })

  test.each(own)('$name', ({ node, view, on, step }) => {
    const answer = nodeTypeOf(node)[on]!(node, { ...ordinary, ...view })
    expect(answer).toMatchObject(step)
    // Nobody was asked only where the example says so.
    expect('automatic' in answer).toBe('automatic' in step)
  })

  test('it answers alike when asked again, and changes nothing it is shown', () => {
    for (const { node, view, on } of own) {
      const seen = { ...ordinary, ...view }
      const before = JSON.stringify([node, seen])
      expect(nodeTypeOf(node)[on]!(node, seen)).toEqual(nodeTypeOf(node)[on]!(node, seen))
      expect(JSON.stringify([node, seen])).toBe(before)
    }
  })
})
