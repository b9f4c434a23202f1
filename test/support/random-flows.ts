/** Draws flows that may be published: of nested blocks, and of any nodes joined by any ways. Every node type comes up. */
import fc from 'fast-check'
import { compileCatalog } from '../../runtime/engine'
import type { ApprovalNode, Definition, Edge, Entity, Flow, FlowNode } from '../../schemas/generated/types'
import { systemDefinitions } from '../../schemas/system'

const label = { en: 'x', zh: 'x' }
const thing: Entity = {
  kind: 'entity', name: 'thing', label, titleField: 'title',
  fields: [{ name: 'title', type: 'text', label }, { name: 'flag', type: 'boolean', label }, { name: 'parent', type: 'reference', entity: 'thing', label }],
}
const others: Definition[] = [
  thing,
  { kind: 'ruleTable', name: 'rates', label, inputs: [{ name: 'flag', label, type: 'boolean' }], outputs: [{ name: 'rate', label, type: 'decimal' }], versions: [{ id: 'a', validFrom: '2026-01-01', rows: [{ id: 'r', when: {}, then: { rate: '1' } }] }] },
  { kind: 'flow', name: 'inner', entity: 'thing', label, nodes: [{ id: 'start', type: 'start' }, { id: 'end', type: 'end', result: 'approved' }], edges: [{ id: 'e', source: 'start', target: 'end' }] },
]
export const problemsOf = (flow: Flow) => compileCatalog([...systemDefinitions, ...others, flow]).problems

/** People who are there, who left, who is the submitter; so that every way of finding nobody comes up. */
const people = fc.subarray(['mia', 'dan', 'fay', 'ivy', 'ann'], { minLength: 1 })
const effects = Object.fromEntries(['onEnter', 'onApproved', 'onRejected', 'onReturned'].map((id) => [id, [{ id, kind: 'setField', values: { title: `'${id}'` } }]]))
const members = fc.record({
  multi: fc.record({ mode: fc.constantFrom('any', 'all', 'sequential', 'vote', 'claim') }),
  onEmpty: fc.record({ action: fc.constantFrom('admin', 'autoApprove', 'autoReject', 'suspend') }),
  onSelf: fc.constantFrom('allow', 'skip', 'manager', 'departmentHead'),
  onReturn: fc.record({ resume: fc.constantFrom('sequential', 'direct') }),
  timeouts: fc.array(fc.record({ after: fc.constant('P1D'), do: fc.constantFrom('remind', 'escalate', 'autoApprove', 'autoReject', 'admin') }), { maxLength: 2 }),
}).map((drawn) => ({ ...drawn, effects }) as unknown as Partial<ApprovalNode>)
const onReject = fc.record({ policy: fc.constantFrom('terminate', 'toInitiator', 'toPrevious', 'branch') }) as fc.Arbitrary<NonNullable<ApprovalNode['onReject']>>

type Asking = Omit<ApprovalNode, 'id'> | Omit<Extract<FlowNode, { type: 'handle' }>, 'id'>
const asking = fc.tuple(fc.boolean(), people, members, onReject).map(([handle, who, drawn, policy]): Asking => {
  const node = { assignees: who.map((user) => ({ kind: 'user' as const, user })), ...drawn }
  return handle ? { ...node, type: 'handle' } as Asking : { ...node, type: 'approval', onReject: policy }
})

/** What nodes need besides what they lead to. */
const bodies: { [type: string]: object } = {
  cc: { assignees: [{ kind: 'user', user: 'fay' }] }, timer: { after: 'P1D' }, exclusive: {}, parallel: {}, inclusive: {},
  decisionTable: { table: 'rates', inputs: { flag: 'flag' } }, callFlow: { flow: 'inner' }, forEach: { flow: 'inner', entity: 'thing', via: 'parent' }, service: { url: 'https://example.com/check' },
}
/** They go on by what they found: by their only way, or by conditions. */
const finding = ['decisionTable', 'callFlow', 'forEach', 'service'] as const
const passing = ['cc', 'timer'] as const

type Choosing = 'exclusive' | (typeof finding)[number]
type Block =
  | { kind: 'ask'; node: Asking } | { kind: 'pass'; type: (typeof passing)[number] } | { kind: 'sequence'; blocks: Block[] } | { kind: 'loop'; block: Block }
  | { kind: 'choice'; type: Choosing; blocks: Block[]; endEarly: 'no' | 'approved' | 'refused' } | { kind: 'several'; type: 'parallel' | 'inclusive'; blocks: Block[] }

export const { block } = fc.letrec<{ block: Block }>((tie) => ({
  block: fc.oneof({ depthSize: 'small', withCrossShrink: true },
    fc.record({ kind: fc.constant('ask' as const), node: asking }),
    fc.record({ kind: fc.constant('pass' as const), type: fc.constantFrom(...passing) }),
    fc.record({ kind: fc.constant('sequence' as const), blocks: fc.array(tie('block'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ kind: fc.constant('choice' as const), type: fc.constantFrom<Choosing>('exclusive', ...finding), blocks: fc.array(tie('block'), { minLength: 1, maxLength: 3 }), endEarly: fc.constantFrom('no' as const, 'approved' as const, 'refused' as const) }),
    fc.record({ kind: fc.constant('several' as const), type: fc.constantFrom('parallel' as const, 'inclusive' as const), blocks: fc.array(tie('block'), { minLength: 2, maxLength: 3 }) }),
    fc.record({ kind: fc.constant('loop' as const), block: tie('block') })),
}))

/** A block between start and end. */
export function draw(top: Block): Flow {
  const nodes: FlowNode[] = [{ id: 'start', type: 'start' }, { id: 'approved', type: 'end', result: 'approved' }]
  const edges: Edge[] = []
  const add = (node: object) => { const id = `n${nodes.length}`; nodes.push({ ...node, id } as FlowNode); return id }
  const link = (source: string, target: string, more: Partial<Edge> = {}) => { edges.push({ id: `e${edges.length}`, source, target, order: edges.length, ...more }) }
  const ending = (id: 'approved' | 'refused') => { if (!nodes.some((n) => n.id === id)) nodes.push({ id, type: 'end', result: 'rejected' }); return id }
  /** Its first and last node, and what a way out of it has. */
  const put = (b: Block): { first: string; last: string; out?: Partial<Edge> } => {
    if (b.kind === 'ask') { const id = add(b.node); return { first: id, last: id } }
    if (b.kind === 'pass') { const id = add({ type: b.type, ...bodies[b.type] }); return { first: id, last: id } }
    if (b.kind === 'sequence') {
      const parts = b.blocks.map(put)
      parts.slice(1).forEach((part, i) => link(parts[i]!.last, part.first, parts[i]!.out))
      return { ...parts.at(-1)!, first: parts[0]!.first }
    }
    if (b.kind === 'loop') {
      const inner = put(b.block)
      const pause = add({ type: 'approval', assignees: [{ kind: 'user', user: 'bob' }] })
      const again = add({ type: 'exclusive' })
      link(inner.last, pause, inner.out)
      link(pause, again)
      link(again, inner.first, { when: 'flag' })
      return { first: inner.first, last: again, out: { default: true } }
    }
    const open = add({ type: b.type, ...bodies[b.type] })
    const close = add({ type: b.kind === 'several' ? b.type : 'exclusive' })
    b.blocks.forEach((inner, i) => {
      const part = put(inner)
      link(open, part.first, b.type === 'parallel' ? {} : i === 0 ? { default: true } : { when: 'flag' })
      link(part.last, close, part.out)
    })
    if (b.kind === 'several') return { first: open, last: close }
    if (b.endEarly !== 'no') link(open, ending(b.endEarly), { when: 'flag' })
    return { first: open, last: close, out: { default: true } }
  }
  const { first, last, out } = put(top)
  link('start', first)
  link(last, 'approved', out)
  return { kind: 'flow', name: 'flow', entity: 'thing', label, nodes, edges, settings: { maxAutoSteps: 100 }, onReject: [{ id: 'no', kind: 'setField', values: { title: "'no'" } }] }
}

const types = fc.constantFrom('approval', 'approval', 'exclusive', 'parallel', 'inclusive', ...passing, ...finding)

/** Splits of a drawn flow with the joins they belong to. */
export const splitsOf = ({ nodes, edges }: Flow): { split: string; join: string }[] =>
  nodes.flatMap(({ id, type }, i) => ((type === 'parallel' || type === 'inclusive') && edges.filter((e) => e.source === id).length > 1 ? [{ split: id, join: nodes[i + 1]!.id }] : []))

/** Any nodes, joined by any ways; those that publishing refuses are left out. */
export const graph = fc.tuple(fc.array(fc.record({ type: types, node: asking }), { minLength: 1, maxLength: 6 }), fc.infiniteStream(fc.nat())).map(([wanted, random]) => {
  const pick = (n: number) => (random.next().value as number) % n
  const nodes: FlowNode[] = [{ id: 'start', type: 'start' }, ...wanted.map(({ type, node }, i) => ({ ...(type === 'approval' ? node : { type, ...bodies[type] }), id: `n${i}` }) as FlowNode), { id: 'end', type: 'end', result: 'approved' }]
  const edges: Edge[] = []
  const link = (source: string, more: Partial<Edge> = {}) => { edges.push({ id: `e${edges.length}`, source, target: nodes[1 + pick(nodes.length - 1)]!.id, order: edges.length, ...more }) }
  for (const { id, type } of nodes) {
    if (type === 'end') continue
    if (type === 'parallel') { for (let i = 1 + pick(3); i > 0; i--) link(id); continue }
    const choosing = type === 'exclusive' || type === 'inclusive' || ((finding as readonly string[]).includes(type) && pick(2) === 0)
    link(id, choosing ? { default: true } : {})
    if (choosing) for (let i = pick(3) + (type === 'inclusive' ? 1 : 0); i > 0; i--) link(id, { when: 'flag' })
  }
  return { kind: 'flow', name: 'flow', entity: 'thing', label, nodes, edges, settings: { maxAutoSteps: 100, maxRounds: 1 + pick(5) } } satisfies Flow
}).filter((flow) => problemsOf(flow).length === 0)
