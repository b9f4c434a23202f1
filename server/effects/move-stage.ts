import { pipelineOf } from '../../runtime/engine'
import { AppError } from '../../schemas/errors'
import { moveRecord } from '../flows/move-record'
import { calculate, scopeFor, valuesFor } from './evaluate'
import type { EffectKind } from './index'

/** Through the one transition command, with the rights of the person who caused it: an action is no way around a stage's rules. */
export const moveStage: EffectKind<'moveStage'> = async ({ to, category, values = {}, comment }, run) => {
  const scope = await scopeFor(run, [...Object.values(values), ...(comment === undefined ? [] : [comment])])
  const pipeline = pipelineOf(run.ctx.model.catalog, run.table.entity, run.record)
  const stage = to ?? pipeline?.stages.find((s) => s.category === category)?.id
  if (stage === undefined) throw new AppError(409, 'noSuchStage', { name: to ?? category })
  const result = await moveRecord(run.ctx, run.table, run.record, {
    to: stage, fields: valuesFor(run.table, values, scope), comment: comment === undefined ? null : (calculate(comment, scope) as string | null), byPerson: false,
  })
  run.record = result.record
  run.created.push(...result.created)
  run.instance ??= result.pending
}
