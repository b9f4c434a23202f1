import type { Run } from '../run'
import { follow } from '../steps'

export interface ChildEndedEvent { node: string; round: number; index: number; result: string }

/** A flow that a node called has ended; where nobody waits for it any more it does nothing. */
export function childEnded(run: Run, { node, round, index, result }: ChildEndedEvent) {
  const token = run.tokenAt(node, round)
  if (token?.waits?.for !== 'calls' || token.waits.results[index] !== null) return
  token.waits.results[index] = result
  follow(run, token, () => run.typeOf(token).called!(run.nodeOf(token), run.view(token)))
}
