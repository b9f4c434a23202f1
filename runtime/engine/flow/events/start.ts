import type { Run } from '../run'

export interface StartEvent { /** Whom the initiator chose for nodes that leave it to them. */ chosen?: { [node: string]: string[] } }

export function start(run: Run, { chosen }: StartEvent) {
  run.choose(chosen)
  run.place(run.graph.start().id, [])
  run.record('submit', run.flow.onSubmit)
}
