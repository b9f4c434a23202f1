import type { ApprovalNode } from '../../generated/types'
import { resolvePeople } from '../../people'
import { due, verdict } from '../../people/modes'
import { plainWays, type NodeType, type NodeView, type Step } from '../node-type'

export const approval: NodeType<ApprovalNode> = {
  waits: true,
  enter: (node, view) => {
    const found = resolvePeople(node, view)
    if (found.kind === 'stuck') return { kind: 'incident', reason: found.reason }
    if (found.kind === 'automatic') return decisions[found.decision](node, view, found.reason)
    return { kind: 'ask', assignees: found.slots.map((slot) => slot.assignee), slots: found.slots }
  },
  decided: (node, view) => {
    const result = verdict(node.multi, view.tasks)
    if (result !== 'undecided') return decisions[result](node, view)
    const keys = due(node.multi, view.tasks)
    return keys.length > 0 ? { kind: 'open', keys } : { kind: 'wait' }
  },
  checkEdges: (_node, out, into) => plainWays(out, into, { out: 1, into: true }),
  assignees: (node) => node.assignees,
  effects: (node) => ({ 'effects/onApproved': node.effects?.onApproved, 'effects/onRejected': node.effects?.onRejected }),
}

const decisions: Record<'approved' | 'rejected', (node: ApprovalNode, view: NodeView, automatic?: string) => Step> = {
  approved: (node, view, automatic) => ({ kind: 'approved', effects: node.effects?.onApproved ?? [], edges: view.out, ...(automatic && { automatic }) }),
  rejected: (node, _view, automatic) => ({ kind: 'rejected', effects: node.effects?.onRejected ?? [], ...(automatic && { automatic }) }),
}
