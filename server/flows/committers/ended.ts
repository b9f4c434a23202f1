import { asEngine } from '../../use-cases/context'
import { tell } from '../calls'
import { concludePurpose } from '../purposes'
import type { Committer } from './committer'

export const ended: Committer<'ended'> = async ({ result }, run) => {
  const { calledBy, id } = run.instance
  if (calledBy) run.later.push(() => tell(run.ctx, calledBy, result, id))
  run.instance.trail.push({ at: run.ctx.clock.now(), by: run.ctx.me.id, kind: 'ended', result })
  const engine = asEngine(run.ctx, `flow:${run.instance.flow}`)
  // What was asked for is the initiator's wish: roles and reopening are judged by theirs, not the approver's.
  const me = run.ctx.model.directory.person(run.instance.initiator) ?? run.ctx.me
  run.record = await concludePurpose({ ...run, ctx: { ...engine, me, decidedBy: run.ctx.me.id } }, result)
}
