/** Nodes at which people are asked: who they are, and what their decisions add up to. */
import type { Reason } from '../errors'
import type { ApprovalNode, HandleNode } from '../generated/types'
import { resolvePeople } from '../people'
import { due, verdict } from '../people/modes'
import type { NodeView, Step } from './node-type'

type AskingNode = ApprovalNode | HandleNode

export function askPeople(node: AskingNode, view: NodeView): Step {
  const found = resolvePeople(node, view)
  if (found.kind === 'stuck') return { kind: 'incident', reason: found.reason }
  if (found.kind === 'automatic') return decisions[found.decision](node, view, found.reason)
  return { kind: 'ask', assignees: found.slots.map((slot) => slot.assignee), slots: found.slots }
}

export function countDecisions(node: AskingNode, view: NodeView): Step {
  const result = verdict(node.multi, view.tasks)
  if (result !== 'undecided') return decisions[result](node, view)
  const keys = due(node.multi, view.tasks)
  return keys.length > 0 ? { kind: 'open', keys } : { kind: 'wait' }
}

const decisions: Record<'approved' | 'rejected', (node: AskingNode, view: NodeView, automatic?: Reason) => Step> = {
  approved: (node, view, automatic) => ({ kind: 'approved', effects: node.effects?.onApproved ?? [], edges: view.out, ...(automatic && { automatic }) }),
  rejected: (node, _view, automatic) => ({ kind: 'rejected', effects: node.effects?.onRejected ?? [], ...(automatic && { automatic }) }),
}
