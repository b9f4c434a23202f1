import type { ApprovalNode, Assignee } from '../../generated/types'
import { plainWays, type Directory, type NodeType, type NodeView, type Step } from '../node-type'

export const approval: NodeType<ApprovalNode> = {
  waits: true,
  enter: (node, view) => {
    const wanted = people(node, view)
    const others = applyOnSelf(node, wanted, view)
    if (others.length > 0) return { kind: 'ask', assignees: others }
    if (wanted.includes(view.initiator) && node.onSelf === 'skip') return approved(node, view, 'the submitter would decide')
    return nobody(node, view)
  },
  decided: (node, view) => {
    const { tasks } = view
    if (tasks.some((t) => t.status === 'rejected')) return { kind: 'rejected', effects: node.effects?.onRejected ?? [] }
    const enough = (node.multi?.mode ?? 'any') === 'any' ? tasks.some((t) => t.status === 'approved') : tasks.every((t) => t.status === 'approved')
    return enough ? approved(node, view) : { kind: 'wait' }
  },
  checkEdges: (_node, out, into) => plainWays(out, into, { out: 1, into: true }),
  assignees: (node) => node.assignees,
  effects: (node) => ({ 'effects/onApproved': node.effects?.onApproved, 'effects/onRejected': node.effects?.onRejected }),
}

function approved(node: ApprovalNode, view: NodeView, automatic?: string): Step {
  return { kind: 'approved', effects: node.effects?.onApproved ?? [], edges: view.out, ...(automatic && { automatic }) }
}

function nobody(node: ApprovalNode, view: NodeView): Step {
  const reason = 'nobody was found who could decide'
  switch (node.onEmpty?.action ?? 'admin') {
    case 'autoApprove': return approved(node, view, reason)
    case 'autoReject': return { kind: 'rejected', effects: node.effects?.onRejected ?? [], automatic: reason }
    case 'admin': {
      const admins = active(view.people.admins(), view.people)
      return admins.length > 0 ? { kind: 'ask', assignees: admins } : { kind: 'incident', reason }
    }
  }
}

/** Resolve, drop the inactive, each person once. */
function people(node: ApprovalNode, view: NodeView): string[] {
  return active(node.assignees.flatMap((a) => resolve(a, view)), view.people)
}

const active = (ids: string[], directory: Directory) => [...new Set(ids)].filter((id) => directory.person(id)?.active)

function resolve(assignee: Assignee, { people: directory, initiator }: NodeView): string[] {
  switch (assignee.kind) {
    case 'user': return [directory.byUsername(assignee.user)].filter((id) => id !== undefined)
    case 'role': return directory.byRole(assignee.role)
    case 'manager': return [managerOf(initiator, assignee.levels ?? 1, directory)].filter((id) => id !== undefined)
  }
}

/** Up the chain of managers; the inactive are stepped over, a circle ends the walk. */
function managerOf(id: string, levels: number, directory: Directory): string | undefined {
  const seen = new Set([id])
  let at = directory.person(id)?.manager ?? undefined
  for (let level = 1; at !== undefined && !seen.has(at); at = directory.person(at)?.manager ?? undefined) {
    seen.add(at)
    if (directory.person(at)?.active && level++ === levels) return at
  }
  return undefined
}

function applyOnSelf(node: ApprovalNode, ids: string[], { people: directory, initiator }: NodeView): string[] {
  if (!ids.includes(initiator) || node.onSelf === 'allow') return ids
  const others = ids.filter((id) => id !== initiator)
  // Where any one may decide, the others do; otherwise the submitter's place goes to the manager.
  if (node.onSelf === 'skip' || ((node.multi?.mode ?? 'any') === 'any' && others.length > 0)) return others
  const manager = managerOf(initiator, 1, directory)
  return manager === undefined || others.includes(manager) ? others : [...others, manager]
}
