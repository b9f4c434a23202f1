/**
 * Going back: to a node that every way to here has passed. Back before a split ends the whole fork. What was decided from there on is
 * superseded: it stays in the trail and counts no more.
 */
import type { Flow, OnReturn } from '../../../schemas/generated/types'
import { graphOf } from './graph'
import { releaseJoins } from './joins'
import type { Run } from './run'
import type { FlowState, Token } from './types'

export type Resume = NonNullable<OnReturn['resume']>

/** Where an instance may be sent back to from a node: the nearest first, the start (who submitted) last. */
export function returnTargets(flow: Flow, state: FlowState, node: string): string[] {
  const graph = graphOf(flow)
  const allowed = (graph.node(node) as { onReturn?: OnReturn }).onReturn?.targets
  return graph.passed(node).filter((id) => (state.rounds[id] ?? 0) > 0 && (!allowed?.length || allowed.includes(id)))
}

export function sendBack(run: Run, token: Token, to: string, resume: Resume) {
  const kept = forksBefore(run, token, to)
  const whole = kept.length < token.forks.length
  const ended = whole ? run.state.tokens.filter((t) => t.forks.includes(token.forks[kept.length]!)) : [token]
  for (const other of ended) run.abandon(other)
  const direct = resume === 'direct' && !whole
  run.effects.push({ kind: 'returned', node: token.node, to, superseded: supersede(run, (node) => node === to || node === token.node || (!direct && run.graph.reaches(to, node))) })
  const placed = run.place(to, kept)
  if (direct) placed.back = token.node
  releaseJoins(run)
}

/** Forks that had begun before the token passed a node. */
function forksBefore(run: Run, { forks }: Token, node: string): number[] {
  const first = forks.findIndex((fork) => { const split = run.state.forks[fork]; return split === undefined || !run.graph.passes(node, split) })
  return first < 0 ? forks : forks.slice(0, first)
}

const decided = new Set<string>(['approved', 'rejected', 'done'])

function supersede(run: Run, concerned: (node: string) => boolean): string[] {
  const tasks = run.state.tasks.filter((t) => decided.has(t.status) && concerned(t.node))
  for (const task of tasks) task.status = 'superseded'
  return tasks.map((t) => t.key)
}
