import type { Run } from '../run'

export function start(run: Run) {
  run.place(run.graph.start().id, [])
  run.record('submit', run.flow.onSubmit)
}
