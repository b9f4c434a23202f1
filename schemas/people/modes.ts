/**
 * What the decisions at a node add up to. Every task that counts is one place: those of the people who were found on entry, and those of
 * signers added later. A delegate only advises, and does not count.
 */
import type { Multi } from '../generated/types'
import type { TaskView } from '../node-types/node-type'

export type Verdict = 'approved' | 'rejected' | 'undecided'

interface Count { tasks: TaskView[]; approved: number; rejected: number; undecided: number }
type Mode = (count: Count, multi: Multi) => Verdict

const everybody: Mode = ({ tasks, approved, rejected }) => (rejected > 0 ? 'rejected' : approved === tasks.length ? 'approved' : 'undecided')

/** One is enough, with the signers that one asked for. */
const oneOfThem: Mode = (count, multi) => {
  const groups = [...new Set(count.tasks.map(groupOf))].map((group) => count.tasks.filter((t) => groupOf(t) === group))
  if (groups.some((group) => group.every((t) => t.status === 'approved'))) return 'approved'
  return rejectedBy(count, multi) ? 'rejected' : 'undecided'
}

const vote: Mode = (count, multi) => {
  // As whole people: 0.07 of 100 is 7, whatever binary fractions say.
  const needed = Math.max(1, Math.ceil(count.tasks.length * (multi.passRatio ?? 0.5) - 1e-9))
  if (count.approved >= needed) return 'approved'
  if (rejectedBy(count, { ...multi, rejectRule: multi.rejectRule ?? 'vote' })) return 'rejected'
  return count.undecided === 0 || (multi.rejectRule !== 'allReject' && count.approved + count.undecided < needed) ? 'rejected' : 'undecided'
}

const modes: Record<Multi['mode'], Mode> = { all: everybody, sequential: everybody, any: oneOfThem, claim: oneOfThem, vote }

const rejectRules: Record<NonNullable<Multi['rejectRule']>, (count: Count) => boolean> = {
  anyRejects: ({ rejected }) => rejected > 0,
  allReject: ({ rejected, undecided }) => rejected > 0 && undecided === 0,
  vote: () => false,
}
const rejectedBy = (count: Count, { rejectRule = 'anyRejects' }: Multi) => rejectRules[rejectRule](count)

const groupOf = (task: TaskView) => task.group ?? task.key
const gone = new Set<TaskView['status']>(['cancelled', 'transferred', 'superseded'])
export const counts = (task: TaskView) => task.via !== 'delegate' && !gone.has(task.status)
const waiting = (task: TaskView) => task.status === 'open' || task.status === 'pending'

/** Decided as soon as it cannot change. `multi` defaults to the first decision. */
export function verdict(multi: Multi = { mode: 'any' }, all: TaskView[]): Verdict {
  const tasks = all.filter(counts)
  const having = (status: TaskView['status']) => tasks.filter((t) => t.status === status).length
  return modes[multi.mode]({ tasks, approved: having('approved'), rejected: having('rejected'), undecided: tasks.filter(waiting).length }, multi)
}

/** Tasks whose turn it is now: nobody has to be heard before them. */
export function due(multi: Multi | undefined, all: TaskView[]): string[] {
  const inTurn = (task: TaskView, i: number) => multi?.mode !== 'sequential' || all.slice(0, i).every((t) => !counts(t) || t.status === 'approved')
  const heard = (task: TaskView) => !all.some((t) => t.before === task.key && waiting(t)) && (task.after === undefined || !all.some((t) => t.key === task.after && waiting(t)))
  return all.filter((task, i) => task.status === 'pending' && heard(task) && inTurn(task, i)).map((t) => t.key)
}
