/** The flows of the bench: one that people decide, one that waits, one that needs nobody, one that is long. */
import type { Edge, Flow, FlowNode, Role } from '../../../schemas/generated/types'

const label = (en: string, zh = en) => ({ en, zh })
const set = (status: string) => [{ id: status, kind: 'setField' as const, values: { status: `'${status}'` } }]
const ask = (id: string, user: string): FlowNode => ({ id, type: 'approval', label: label(id), assignees: [{ kind: 'user', user }] })
const start: FlowNode = { id: 'start', type: 'start' }
const approved = (members = {}): FlowNode => ({ id: 'approved', type: 'end', result: 'approved', ...members })
/** One after the other. */
const chained = (nodes: FlowNode[]): Edge[] => nodes.slice(1).map((node, i) => ({ id: `e${i}`, source: nodes[i]!.id, target: node.id }))
const row = (name: string, nodes: FlowNode[], members: Partial<Flow> = {}): Flow => ({ kind: 'flow', name, entity: 'contract', label: label(name), nodes, edges: chained(nodes), uniqueness: 'many', ...members })

export const people = { reviewer: 'bench', director: 'director', waiter: 'waiter', keeper: 'keeper' }

const byAmount: FlowNode = { id: 'byAmount', type: 'exclusive' }

/** Reviewed, routed by the amount, decided by the director; the record follows. */
export const approval: Flow = {
  ...row('contractApproval', [start, ask('review', people.reviewer), byAmount, ask('director', people.director), approved({ effects: set('signed') })]),
  edges: [
    { id: 'e1', source: 'start', target: 'review' }, { id: 'e2', source: 'review', target: 'byAmount' }, { id: 'e3', source: 'byAmount', target: 'director', when: 'amount > 0', order: 1 },
    { id: 'e4', source: 'byAmount', target: 'approved', default: true, order: 2 }, { id: 'e5', source: 'director', target: 'approved' },
  ],
  onSubmit: set('inApproval'), onReject: set('draft'),
}

/** Somebody is asked when a time has passed. */
export const delayed = row('delayed', [start, { id: 'pause', type: 'timer', after: 'PT1H' }, ask('later', people.waiter), approved()])

/** So many nodes that decide by themselves. */
export function automatic(count: number): Flow {
  const steps = Array.from({ length: count }, (_, i): FlowNode => ({ id: `step${i}`, type: 'exclusive' }))
  const nodes = [start, ...steps, approved()]
  const ways = chained(nodes).map((edge): Edge => (edge.source === 'start' ? edge : { ...edge, default: true }))
  return { ...row('automatic', nodes), edges: ways, settings: { maxAutoSteps: count + 10 } }
}

/** A draft of so many nodes: approvals in a row with a choice between them that may skip the next. */
export function long(count: number): Flow {
  const steps = Array.from({ length: count - 2 }, (_, i): FlowNode => (i % 2 === 0 ? ask(`ask${i}`, people.reviewer) : { id: `choice${i}`, type: 'exclusive' }))
  const nodes = [start, ...steps, approved()]
  const ways = chained(nodes).map((edge): Edge => (edge.source.startsWith('choice') ? { ...edge, default: true, order: 2 } : edge))
  const skips = steps.filter(({ type }) => type === 'exclusive').map((node, i): Edge => ({ id: `skip${i}`, source: node.id, target: 'approved', when: `amount < ${i}`, order: 1 }))
  return { ...row('long', nodes), edges: [...ways, ...skips] }
}

export const submitter: Role = { kind: 'role', name: 'submitter', label: label('Submitter'), grants: [{ entity: 'contract', verbs: ['read', 'update'], scope: 'all', flows: [approval.name, delayed.name, 'automatic'] }] }
