import type { Run } from '../run'
import { timedOut } from '../timeouts'

export interface TimerEvent { node: string; round: number; name: string }

/** A timer of a round fires. Where the round is over it does nothing. */
export function timer(run: Run, { node, round, name }: TimerEvent) {
  const token = run.tokenAt(node, round)
  if (!token || token.incident !== undefined) return
  if (token.waits?.for === 'timer') run.leave(token, run.graph.out(node))
  else timedOut(run, token, name)
}
