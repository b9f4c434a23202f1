import { follow } from '../steps'
import type { Run } from '../run'

/** Who submitted has corrected what was sent back. */
export function resubmit(run: Run) {
  const start = run.graph.start()
  const token = run.state.tokens.find((t) => t.node === start.id)!
  for (const task of run.tasksAt(token)) run.close(task, 'done')
  run.record(`submit.${token.round}`, run.flow.onSubmit)
  follow(run, token, () => ({ kind: 'move', edges: run.graph.out(token.node) }))
}
