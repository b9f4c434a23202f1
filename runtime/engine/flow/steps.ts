/** What a node's answer does to its token: the registry of steps. */
import type { Effect } from '../../../schemas/generated/types'
import { nodeTypeOf } from '../../../schemas/node-types'
import type { Step } from '../../../schemas/node-types/node-type'
import type { Slot } from '../../../schemas/people'
import { reroute } from './events/reroute'
import { join, releaseJoins } from './joins'
import { at, type Run } from './run'
import type { Token } from './types'

type StepOf<K extends Step['kind']> = Extract<Step, { kind: K }>

const steps: { [K in Step['kind']]: (run: Run, token: Token, step: StepOf<K>) => void } = {
  wait: () => undefined,
  move: (run, token, { edges }) => run.leave(token, edges),
  join: (run, token, { edges }) => { token.joining = true; join(run, token, edges) },
  ask: (run, token, { assignees, slots }) => ask(run, token, slots ?? assignees.map((assignee) => ({ assignee }))),
  open: (run, _token, { keys }) => keys.forEach((key) => openOrReroute(run, key)),
  approved: (run, token, step) => { settle(run, token, 'approved', step.effects, step.automatic); run.leave(token, step.edges) },
  rejected: (run, token, step) => { settle(run, token, 'rejected', step.effects, step.automatic); run.finish('rejected') },
  end: (run, token, step) => { run.record(at(token), step.effects); end(run, token, step.result) },
  incident: (run, token, { reason }) => run.incident(token.node, reason),
}

/** Asks the node (`ask` throws where a condition cannot be evaluated) and does what it answers. */
export function follow(run: Run, token: Token, ask: () => Step) {
  const step = attempt(token, ask)
  steps[step.kind](run, token, step as never)
}

function attempt({ node }: Token, ask: () => Step): Step {
  try { return ask() } catch (error) { return { kind: 'incident', reason: `${node}: ${(error as Error).message}` } }
}

/** Whose turn comes after they left is not waited for. */
function openOrReroute(run: Run, key: string) {
  const task = run.task(key)
  if (run.context.people.person(task.assignee)?.active) run.open(task)
  else reroute(run, { person: task.assignee, by: task.assignee })
}

/** Each slot is a task; some are settled before they begin. Then the node says whose turn it is. */
function ask(run: Run, token: Token, slots: Slot[]) {
  for (const { settled, ...slot } of slots) {
    const task = run.add(token, { ...slot, ...(settled && { cites: settled.cites }) })
    if (!settled) continue
    run.close(task, 'approved')
    run.effects.push({ kind: 'automatic', node: token.node, decision: 'approved', reason: settled.reason, person: slot.assignee, cites: settled.cites })
  }
  review(run, token)
}

/** What the decisions at a node add up to now. */
export function review(run: Run, token: Token) {
  const node = run.nodeOf(token)
  const everybody = (): Step => ({ kind: 'open', keys: run.tasksAt(token).filter((t) => t.status === 'pending').map((t) => t.key) })
  follow(run, token, () => nodeTypeOf(node).decided?.(node, run.view(token)) ?? everybody())
}

/** A decision is reached: nobody else is asked at this node in this round. */
function settle(run: Run, token: Token, decision: 'approved' | 'rejected', effects: Effect[], automatic: string | undefined) {
  if (automatic) run.effects.push({ kind: 'automatic', node: token.node, decision, reason: automatic })
  for (const task of run.tasksAt(token)) run.close(task, 'cancelled')
  run.record(at(token), effects)
}

function end(run: Run, token: Token, result: 'approved' | 'rejected') {
  if (result === 'rejected') return run.finish('rejected')
  run.drop(token)
  if (run.state.tokens.length === 0) run.finish('approved')
  else releaseJoins(run)
}
