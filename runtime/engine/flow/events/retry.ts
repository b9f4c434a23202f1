import { join } from '../joins'
import type { Run } from '../run'
import { follow, review } from '../steps'
import type { Token } from '../types'

/** An administrator has repaired what stood in the way: every token that stood still tries again. */
export function retry(run: Run) {
  for (const token of run.state.tokens.filter((t) => t.incident !== undefined)) {
    delete token.incident
    again(run, token)
  }
}

export function again(run: Run, token: Token) {
  const failed = token.failedTimer
  if (failed !== undefined) fireAgain(run, token, failed)
  const tasks = run.tasksAt(token)
  if (token.joining) return join(run, token, run.graph.out(token.node))
  if (tasks.length > 0) return review(run, token)
  if (token.waits?.for === 'timer' && failed !== undefined) return
  if (token.waits?.for === 'calls') return follow(run, token, () => run.typeOf(token).called!(run.nodeOf(token), run.view(token)))
  follow(run, token, () => run.typeOf(token).enter(run.nodeOf(token), run.view(token)))
}

/** At once, as it would have by itself. */
function fireAgain(run: Run, token: Token, name: string) {
  delete token.failedTimer
  run.effects.push({ kind: 'schedule', node: token.node, round: token.round, name })
}
