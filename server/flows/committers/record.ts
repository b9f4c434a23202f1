import { runEffects } from '../../effects'
import { asEngine } from '../../use-cases/context'
import type { Committer } from './committer'

export const record: Committer<'record'> = async ({ at, effects }, run) => {
  const engine = asEngine(run.ctx, `flow:${run.instance.flow}`)
  const done = await runEffects(effects, { ctx: engine, table: run.table, record: run.record, extra: {}, created: run.created, origin: `${run.instance.id}.${at}`, initiator: run.instance.initiator })
  run.record = done.record
}
