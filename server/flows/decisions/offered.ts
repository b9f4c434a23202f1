/** What may be done with a task now; the screen offers it, and nothing else is accepted. */
import type { FlowTask } from '../../../runtime/engine'
import { kinds } from './index'
import type { Deciding, DecisionName } from './decision'

export function offeredFor(node: Deciding, task: Pick<FlowTask, 'status' | 'via' | 'claimed'>): DecisionName[] {
  return (Object.keys(kinds) as DecisionName[]).filter((name) => {
    const kind = kinds[name]
    if (!kind || (task.status !== 'open' && !(task.status === 'pending' && kind.meanwhile))) return false
    if (task.via === 'delegate') return kind.ofDelegates === true
    if (name === 'claim') return kind.usual!(node) && !task.claimed
    return node.actions ? node.actions.includes(name) : kind.usual?.(node) === true
  })
}
