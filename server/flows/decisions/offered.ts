/** What may be done with a task now; the screen offers it, and nothing else is accepted. */
import type { FlowNode } from '../../../schemas/generated/types'
import { nodeTypes } from '../../../schemas/node-types'
import type { NodeType } from '../../../schemas/node-types/node-type'
import type { FlowTask } from '../../../runtime/engine'
import { kinds } from './index'
import type { Deciding, DecisionName } from './decision'

export function offeredFor(node: Deciding, task: Pick<FlowTask, 'status' | 'via' | 'claimed'>): DecisionName[] {
  const type = nodeTypes[(node as unknown as FlowNode).type] as unknown as NodeType
  // What was sent back to the submitter is submitted again, not decided.
  if (!type.asks) return []
  return (Object.keys(kinds) as DecisionName[]).filter((name) => {
    const kind = kinds[name]
    if (!kind || type.withheld?.includes(name) || (task.status !== 'open' && !(task.status === 'pending' && kind.meanwhile))) return false
    if (task.via === 'delegate') return kind.ofDelegates === true
    if (name === 'claim') return kind.usual!(node) && !task.claimed
    return node.actions ? node.actions.includes(name) : kind.usual?.(node) === true
  })
}
