/** Whom a task may be given to. */
import { AppError } from '../../../schemas/errors'
import type { Label } from '../../../schemas/generated/types'
import { counts } from '../../../schemas/people/modes'
import type { DecisionRun } from './decision'

const reasons = {
  gone: { en: 'there is nobody of that id here', zh: '没有此人或已离职' },
  self: { en: 'that is yourself', zh: '不能选择自己' },
  asked: { en: 'they are asked already', zh: '已在审批人之列' },
  initiator: { en: 'they submitted it', zh: '其为提交人' },
  elsewhere: { en: 'they decided where they must not decide twice', zh: '其已在互斥的节点审批过' },
} satisfies Record<string, Label>

/** 422 unless they are people who may decide here; `advising`: they only look at it. */
export function requirePeople(run: DecisionRun, { advising = false, one = false } = {}): string[] {
  const people = [...new Set(run.input.to)]
  if (people.length === 0) throw new AppError(422, 'required', {}, [{ path: '/to', code: 'required', params: { label: { en: 'Who', zh: '人员' } } }])
  if (one && people.length > 1) throw new AppError(422, 'tooMany', {}, [{ path: '/to', code: 'tooMany', params: { label: { en: 'Who', zh: '人员' }, limit: 1 } }])
  const problems = people.map((id) => ({ id, reason: whyNot(run, id, advising) })).filter(({ reason }) => reason !== undefined)
  if (problems.length > 0) throw new AppError(422, 'cannotBeAsked', paramsOf(run, problems[0]!), problems.map((p) => ({ path: '/to', code: 'cannotBeAsked', params: paramsOf(run, p) })))
  return people
}

const paramsOf = ({ ctx }: DecisionRun, { id, reason }: { id: string; reason?: Label }) => ({ name: ctx.model.directory.nameOf(id) ?? id, reason })

function whyNot({ ctx, instance, node, task }: DecisionRun, id: string, advising: boolean): Label | undefined {
  if (!ctx.model.directory.person(id)?.active) return reasons.gone
  if (id === ctx.me.id) return reasons.self
  const { tasks } = instance.state
  if (tasks.some((t) => t.node === task.node && t.round === task.round && t.assignee === id && (t.status === 'open' || t.status === 'pending'))) return reasons.asked
  if (advising) return undefined
  if (id === instance.initiator && node.onSelf !== 'allow') return reasons.initiator
  return tasks.some((t) => node.notSameAs?.includes(t.node) && counts(t) && t.status === 'approved' && t.assignee === id) ? reasons.elsewhere : undefined
}
