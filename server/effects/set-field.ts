import { changeRecord } from '../records/write'
import { scopeFor, valuesFor } from './evaluate'
import type { EffectKind } from './index'

export const setField: EffectKind<'setField'> = async ({ values }, run) => {
  const scope = await scopeFor(run, Object.values(values))
  run.record = await changeRecord(run.ctx, run.table, run.record, valuesFor(run.table, values, scope), { byPerson: false })
}
