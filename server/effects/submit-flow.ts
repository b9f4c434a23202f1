import { startFlow } from '../flows/start-flow'
import { loadRecord } from '../records/load'
import type { EffectKind } from './index'

export const submitFlow: EffectKind<'submitFlow'> = async ({ flow }, run) => {
  run.instance = (await startFlow(run.ctx, run.table, run.record, flow, { comment: null })).id
  run.record = (await loadRecord(run.ctx, run.table, run.record.id!)) ?? run.record
}
