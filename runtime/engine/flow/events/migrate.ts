import type { Run } from '../run'

export interface MigrateEvent { /** Node of the former version to node of this one; nodes of the same name need none. */ mapping: { [node: string]: string } }

/** The instance goes on by another version of its flow, which the run was made with. Where a node is another one, its people are asked anew. */
export function migrate(run: Run, { mapping }: MigrateEvent) {
  for (const [fork, node] of Object.entries(run.state.forks)) run.state.forks[fork] = mapping[node] ?? node
  for (const token of run.state.tokens.filter((t) => mapping[t.node] !== undefined && mapping[t.node] !== t.node)) {
    run.abandon(token)
    run.place(mapping[token.node]!, token.forks)
  }
}
