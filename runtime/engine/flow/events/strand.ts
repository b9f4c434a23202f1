import type { Reason } from '../../../../schemas/errors'
import type { Run } from '../run'
import type { Token } from '../types'

export interface StrandEvent { /** Without a token: the instance has none. */ faults: { token?: number; reason: Reason }[] }

/** What tokens wait for does not come: they stand still until an administrator acts. */
export function strand(run: Run, { faults }: StrandEvent) {
  for (const { token: id, reason } of faults) {
    const token = id === undefined ? atStart(run) : run.state.tokens.find((t) => t.id === id)
    if (token && token.incident === undefined) run.incident(token, reason)
  }
}

/** A token at rest, by which the instance can be moved or tried again; nothing that was open leads anywhere. */
function atStart(run: Run): Token {
  for (const task of run.state.tasks) run.close(task, 'cancelled')
  const token = run.place(run.graph.start().id, [])
  run.arrived.splice(run.arrived.indexOf(token), 1)
  return token
}
