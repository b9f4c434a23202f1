import type { Run } from '../run'

export interface ServiceEvent { node: string; round: number }

/** The service that a node asked has answered. */
export function serviceDone(run: Run, { node, round }: ServiceEvent) {
  const token = run.tokenAt(node, round)
  if (token?.waits?.for === 'service' && token.incident === undefined) run.leave(token, run.graph.out(node))
}

/** It did not, for the last time. */
export function serviceFailed(run: Run, { node, round, reason }: ServiceEvent & { reason: string }) {
  const token = run.tokenAt(node, round)
  if (token?.waits?.for === 'service' && token.incident === undefined) run.incident(token, reason)
}
