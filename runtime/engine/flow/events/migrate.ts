import { releaseJoins } from '../joins'
import type { Run } from '../run'
import { review } from '../steps'
import type { Token } from '../types'
import { again } from './retry'

export interface MigrateEvent { /** Node of the former version to node of this one. Tokens at nodes that are not named stay where they are. */ mapping: { [node: string]: string } }

/**
 * The instance goes on by another version of its flow, which the run was made with. A node that the mapping names is entered anew, so that
 * its people are asked anew; elsewhere what was decided counts, by the rules of this version. What stood still tries again.
 */
export function migrate(run: Run, { mapping }: MigrateEvent) {
  for (const [fork, node] of Object.entries(run.state.forks)) run.state.forks[fork] = mapping[node] ?? node
  const tokens = [...run.state.tokens]
  for (const token of tokens) if (token.back !== undefined) token.back = mapping[token.back] ?? token.back
  for (const token of tokens.filter((t) => mapping[t.node] !== undefined)) enterAnew(run, token, mapping[token.node]!)
  for (const token of tokens) if (run.live && run.state.tokens.includes(token)) goOn(run, token)
  releaseJoins(run)
}

function enterAnew(run: Run, token: Token, node: string) {
  run.abandon(token)
  const placed = run.place(node, token.forks)
  if (token.back !== undefined) placed.back = token.back
}

function goOn(run: Run, token: Token) {
  if (token.incident !== undefined) { delete token.incident; again(run, token) } else if (run.tasksAt(token).length > 0) review(run, token)
}
