import type { Reason } from '../../../../schemas/errors'
import type { Run } from '../run'

export interface TimerFailedEvent { node: string; round: number; name: string; reason: Reason }

/** What a timer was to do could not be done, and is not tried any more by itself. Where the round is over nobody minds. */
export function timerFailed(run: Run, { node, round, name, reason }: TimerFailedEvent) {
  const token = run.tokenAt(node, round)
  if (!token) return
  token.failedTimer = name
  run.incident(token, reason)
}
