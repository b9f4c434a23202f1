/** What a node's answer does to its token: the registry of steps. */
import { reasonIn } from '../../../schemas/errors'
import type { Step } from '../../../schemas/node-types/node-type'
import type { Slot } from '../../../schemas/people'
import { reroute } from './events/reroute'
import { join } from './joins'
import { endBranch, reject } from './rejections'
import { at, type Run } from './run'
import { scheduleTimeouts } from './timeouts'
import type { Token } from './types'

type StepOf<K extends Step['kind']> = Extract<Step, { kind: K }>

const steps: { [K in Step['kind']]: (run: Run, token: Token, step: StepOf<K>) => void } = {
  wait: () => undefined,
  move: (run, token, { edges, note, fill }) => {
    if (fill) run.effects.push({ kind: 'fill', at: at(token), fill })
    if (note !== undefined) run.effects.push({ kind: 'noted', node: token.node, reason: note })
    run.leave(token, edges)
  },
  join: (run, token, { edges }) => { token.joining = true; join(run, token, edges) },
  ask: (run, token, { assignees, slots }) => ask(run, token, slots ?? assignees.map((assignee) => ({ assignee }))),
  open: (run, _token, { keys }) => keys.forEach((key) => openOrReroute(run, key)),
  tell: (run, token, { people, edges }) => {
    if (people.length > 0) run.effects.push({ kind: 'cc', node: token.node, round: token.round, people })
    run.leave(token, edges)
  },
  pause: (run, token, { until }) => {
    token.waits = { for: 'timer' }
    run.effects.push({ kind: 'schedule', node: token.node, round: token.round, name: 'wait', at: until })
  },
  call: (run, token, { items }) => {
    token.waits = { for: 'calls', results: items.map(() => null) }
    items.forEach((item, index) => run.effects.push({ kind: 'call', node: token.node, round: token.round, index, item }))
  },
  request: (run, token, { request }) => {
    token.waits = { for: 'answer', answer: null }
    run.effects.push({ kind: 'request', node: token.node, round: token.round, request })
  },
  approved: (run, token, step) => { run.settle(token, 'approved', step.effects, step.automatic); run.leave(token, step.edges) },
  rejected: (run, token, step) => { run.settle(token, 'rejected', step.effects, step.automatic); reject(run, token) },
  end: (run, token, step) => {
    run.record(at(token), step.effects)
    if (step.result === 'rejected') return run.finish('rejected')
    run.state.approved = true
    endBranch(run, token)
  },
  incident: (run, token, { reason }) => run.incident(token, reason),
}

/** Asks the node (`ask` throws where a condition cannot be evaluated) and does what it answers. */
export function follow(run: Run, token: Token, ask: () => Step) {
  const step = attempt(ask)
  steps[step.kind](run, token, step as never)
}

function attempt(ask: () => Step): Step {
  try { return ask() } catch (error) { return { kind: 'incident', reason: { code: 'notEvaluated', params: { reason: reasonIn(error) } } } }
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
  scheduleTimeouts(run, token)
  review(run, token)
}

/** What the decisions at a node add up to now. */
export function review(run: Run, token: Token) {
  const everybody = (): Step => ({ kind: 'open', keys: run.tasksAt(token).filter((t) => t.status === 'pending').map((t) => t.key) })
  follow(run, token, () => run.typeOf(token).decided?.(run.nodeOf(token), run.view(token)) ?? everybody())
}

/** A token comes to its node. */
export function enter(run: Run, token: Token) {
  const { flow } = run
  if (run.typeOf(token).waits && token.round > (flow.settings?.maxRounds ?? Infinity)) return giveUp(run, token, flow.settings!.maxRounds!)
  run.record(`${at(token)}.enter`, (run.nodeOf(token) as { effects?: { onEnter?: never[] } }).effects?.onEnter)
  follow(run, token, () => run.typeOf(token).enter(run.nodeOf(token), run.view(token)))
}

function giveUp(run: Run, { node }: Token, limit: number) {
  run.effects.push({ kind: 'automatic', node, decision: 'rejected', reason: { code: 'tooManyRounds', params: { limit } } })
  run.finish('rejected')
}
