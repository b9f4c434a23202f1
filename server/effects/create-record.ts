import { insertRecord, changeRecord } from '../records/write'
import { loadRecord } from '../records/load'
import { anyTable } from '../use-cases/context'
import { calculate, scopeFor, titleOf, valuesFor } from './evaluate'
import type { EffectKind, EffectRun } from './index'
import type { WireRecord } from '../../runtime/engine'
import type { Table } from '../model/tables'

export const createRecord: EffectKind<'createRecord'> = async ({ entity, when, values, linkBack }, run) => {
  const scope = await scopeFor(run, [...Object.values(values), ...(when === undefined ? [] : [when])])
  if (when !== undefined && calculate(when, scope) !== true) return
  const target = anyTable(run.ctx, entity)
  const record = await createOne(run, target, valuesFor(target, values, scope))
  if (linkBack !== undefined) run.record = await changeRecord(run.ctx, run.table, run.record, { [linkBack]: record.id }, { byPerson: false })
}

/** Inserts, notes what was created, and takes up what the insertion did to this record's roll-ups. */
export async function createOne(run: EffectRun, target: Table, values: WireRecord): Promise<WireRecord> {
  const record = await insertRecord(run.ctx, target, values, { byPerson: false })
  run.created.push({ entity: target.entity.name, id: record.id!, title: titleOf(target, record) })
  run.record = (await loadRecord(run.ctx, run.table, run.record.id!)) ?? run.record
  return record
}
