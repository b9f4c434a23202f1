import { AppError } from '../../schemas/errors'
import { handOver } from '../flows/leavers'
import { inTransaction, type Context } from './context'

/** An administrator of users gives everything that waits for a person to another. Returns in how many approvals. */
export async function handOverTasks(ctx: Context, person: string, to: string): Promise<{ approvals: number }> {
  if (!ctx.access.capabilities.has('users')) throw new AppError(403, 'forbidden')
  const { directory } = ctx.model
  if (!directory.person(person)) throw new AppError(404, 'notFound')
  if (to === person || !directory.person(to)?.active) {
    const params = { name: directory.nameOf(to) ?? to, reason: { en: 'it is to be somebody else who works here', zh: '须为其他在职人员' } }
    throw new AppError(422, 'cannotBeAsked', params, [{ path: '/to', code: 'cannotBeAsked', params }])
  }
  return inTransaction(ctx, async (tx) => ({ approvals: await handOver(tx, person, to) }))
}
