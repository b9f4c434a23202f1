import { nodeTypeOf } from '../../../../schemas/node-types'
import type { Run } from '../run'
import { follow } from '../steps'

export interface DecideEvent { task: string; decision: 'approve' | 'reject' }

/** A person decided a task. */
export function decide(run: Run, { task: key, decision }: DecideEvent) {
  const task = run.task(key)
  run.close(task, decision === 'approve' ? 'approved' : 'rejected')
  const token = run.tokenOf(task)
  const node = run.nodeOf(token)
  follow(run, token, () => nodeTypeOf(node).decided!(node, run.view(token)))
}
