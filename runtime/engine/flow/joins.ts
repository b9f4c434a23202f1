/** Joins wait for those live tokens of their innermost fork that can still come there; never for others, and never for ever. */
import type { Edge } from '../../../schemas/generated/types'
import type { Run } from './run'
import type { Token } from './types'

/** Goes on when no other live token of the innermost fork can still come here; those that wait here become one. */
export function join(run: Run, token: Token, edges: Edge[]) {
  for (let merged = token; ; ) {
    const fork = merged.forks.at(-1)
    const siblings = fork === undefined ? [] : run.state.tokens.filter((t) => t !== merged && t.forks.includes(fork))
    const waiting = siblings.filter((t) => t.joining && t.node === token.node)
    const coming = siblings.filter((t) => !waiting.includes(t) && (t.node === token.node || run.graph.reaches(t.node, token.node)))
    if (coming.length > 0) return
    for (const sibling of waiting) run.drop(sibling)
    if (fork === undefined || siblings.length > waiting.length) return run.leave(merged, edges)
    // The fork is over: what is left of it may have to wait for the fork around it.
    run.drop(merged)
    merged = { ...merged, forks: merged.forks.slice(0, -1) }
    run.state.tokens.push(merged)
  }
}

/** A branch that ended elsewhere may be the one a join was waiting for. */
export function releaseJoins(run: Run) {
  for (const token of run.state.tokens.filter((t) => t.joining)) {
    if (run.state.tokens.includes(token)) join(run, token, run.graph.out(token.node))
  }
}

/** Joins that wait for each other only would wait for ever: that is for an admin to see, never a silent approval. */
export function reportDeadlock(run: Run) {
  const [first] = run.state.tokens
  if (first && run.state.tokens.every((t) => t.joining && t.incident === undefined)) run.incident(first, { code: 'joinsWait' })
}
