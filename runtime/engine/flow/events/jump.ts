import { releaseJoins } from '../joins'
import type { Run } from '../run'

export interface JumpEvent { token: number; to: string }

/** An administrator moves a token. Out of a fork it takes the whole fork along, so that nothing of it comes after. */
export function jump(run: Run, { token: id, to }: JumpEvent) {
  const token = run.state.tokens.find((t) => t.id === id)!
  const [outermost] = token.forks
  const moved = outermost === undefined ? [token] : run.state.tokens.filter((t) => t.forks.includes(outermost))
  for (const one of moved) run.abandon(one)
  run.place(to, [])
  releaseJoins(run)
}
