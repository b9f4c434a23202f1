/** What happens when nobody decides in time: timers of a round, and one entry for each thing to do. */
import type { Reason } from '../../../schemas/errors'
import type { Effect, Timeouts } from '../../../schemas/generated/types'
import { reject } from './rejections'
import type { Run } from './run'
import type { FlowTask, Token } from './types'

type Timeout = Timeouts[number]
const timeoutsOf = (run: Run, token: Token) => (run.nodeOf(token) as { timeouts?: Timeouts }).timeouts ?? []

/** Counted from when the people were asked; the name tells which it is: t0, t0.2 for the second reminder. */
export function scheduleTimeouts(run: Run, token: Token) {
  timeoutsOf(run, token).forEach(({ after }, i) => schedule(run, token, after, `t${i}`))
}

function schedule(run: Run, token: Token, after: string, name: string) {
  token.timed = true
  run.effects.push({ kind: 'schedule', node: token.node, round: token.round, name, at: run.context.due(after) })
}

export function timedOut(run: Run, token: Token, name: string) {
  const [, index, time] = /^t(\d+)(?:\.(\d+))?$/.exec(name) ?? []
  const timeout = timeoutsOf(run, token)[Number(index)]
  if (!timeout) return
  const next = Number(time ?? 1) + 1
  if (next <= (timeout.repeat ?? 1)) schedule(run, token, timeout.after, `t${index}.${next}`)
  things[timeout.do](run, token)
}

const open = (run: Run, token: Token) => run.tasksAt(token).filter((t) => t.status === 'open')
const effectsOf = (run: Run, token: Token, member: 'onApproved' | 'onRejected') => (run.nodeOf(token) as { effects?: { [k in typeof member]?: Effect[] } }).effects?.[member] ?? []

const late: Reason = { code: 'notDecidedInTime' }

const things: Record<Timeout['do'], (run: Run, token: Token) => void> = {
  remind: (run, token) => {
    const keys = open(run, token).map((t) => t.key)
    if (keys.length > 0) run.effects.push({ kind: 'remind', node: token.node, round: token.round, keys })
  },
  escalate: (run, token) => {
    for (const task of open(run, token)) { const above = superior(run, task.assignee); if (above !== undefined) pass(run, task, above, { code: 'escalated' }) }
  },
  autoApprove: (run, token) => { run.settle(token, 'approved', effectsOf(run, token, 'onApproved'), late); run.leave(token, run.graph.out(token.node)) },
  autoReject: (run, token) => { run.settle(token, 'rejected', effectsOf(run, token, 'onRejected'), late); reject(run, token) },
  admin: (run, token) => {
    const admins = run.context.people.admins()
    open(run, token).forEach((task, i) => { if (admins.length > 0) pass(run, task, admins[i % admins.length]!, late) })
  },
}

function pass(run: Run, task: FlowTask, to: string, reason: Reason) {
  if (to === task.assignee) return
  run.effects.push({ kind: 'reassigned', node: task.node, person: task.assignee, people: [to], reason })
  run.reassign(task, to, 'escalate')
}

/** The next active manager above, an administrator when there is none; a circle ends the walk. */
function superior({ context: { people } }: Run, id: string): string | undefined {
  const seen = new Set([id])
  for (let at = people.person(id)?.manager; at && !seen.has(at); at = people.person(at)?.manager) {
    if (people.person(at)?.active) return at
    seen.add(at)
  }
  return people.admins().find((admin) => admin !== id)
}
