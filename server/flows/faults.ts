/** What an instance waits for, and what is wrong when it waits for nothing. */
import type { Reason } from '../../schemas/errors'
import type { FlowState, FlowTask } from '../../runtime/engine'
import type { Flow } from '../../schemas/generated/types'
import { nodeTypeOf } from '../../schemas/node-types'
import type { Instance } from './instances'

/** Every token of a live instance waits for people, others at a join, a moment, flows it called, or an administrator. */
export function faultsOf({ tokens, tasks }: FlowState): Reason[] {
  if (tokens.length === 0) return [{ code: 'noToken' }]
  const open = (node: string, round: number) => tasks.some((t) => t.node === node && t.round === round && t.status === 'open')
  return tokens.flatMap((t): Reason[] => {
    if (t.incident !== undefined) return [t.incident]
    return t.joining || t.waits || open(t.node, t.round) ? [] : [{ code: 'nobodyAsked', params: { node: t.node } }]
  })
}

/** The open task of whoever submitted, when it was sent back to them. */
export function correctionOf({ state }: Pick<Instance, 'state'>, flow: Flow): FlowTask | undefined {
  const start = flow.nodes.find((n) => nodeTypeOf(n).isStart)!.id
  return state.tasks.find((t) => t.node === start && t.status === 'open')
}
