import { asEngine } from '../../use-cases/context'
import { tell } from '../calls'
import { notify } from '../../notices/notify'
import { concludePurpose } from '../purposes'
import type { FlowResult } from '../../../runtime/engine'
import type { Label } from '../../../schemas/generated/types'
import type { Committer, CommitRun } from './committer'

export const ended: Committer<'ended'> = async ({ result }, run) => {
  const { calledBy, id } = run.instance
  if (calledBy) run.later.push(() => tell(run.ctx, calledBy, result, id))
  run.instance.trail.push({ at: run.ctx.clock.now(), by: run.ctx.me.id, kind: 'ended', result })
  const engine = asEngine(run.ctx, `flow:${run.instance.flow}`)
  // What was asked for is the initiator's wish: roles and reopening are judged by theirs, not the approver's.
  const me = run.ctx.model.directory.person(run.instance.initiator) ?? run.ctx.me
  run.record = await concludePurpose({ ...run, ctx: { ...engine, me, decidedBy: run.ctx.me.id } }, result)
  await tellInitiator(run, result)
}

const results: Record<FlowResult, Label> = {
  approved: { en: 'approved', zh: '已同意' }, rejected: { en: 'rejected', zh: '已驳回' }, withdrawn: { en: 'withdrawn', zh: '已撤回' },
  invalidated: { en: 'void, the record was changed', zh: '已作废，记录被修改' }, cancelled: { en: 'cancelled', zh: '已取消' }, terminated: { en: 'ended by an administrator', zh: '管理员终止' },
}

/** Who ended it need not be told. */
async function tellInitiator({ ctx, instance }: CommitRun, result: FlowResult): Promise<void> {
  if (instance.initiator === ctx.me.id) return
  await notify(ctx, { id: `${instance.id}.ended`, to: [instance.initiator], kind: 'ended', params: { result: results[result] }, link: { entity: instance.entity, record: instance.record, instance: instance.id } })
}
