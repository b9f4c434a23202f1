/** A change that waits for an approval: checked like a write when it is asked for, written by the one way to write when it is granted. */
import { equalValues, presentNames, type WireRecord } from '../../runtime/engine'
import { AppError } from '../../schemas/errors'
import type { Flow } from '../../schemas/generated/types'
import type { Table } from '../model/tables'
import { inputOf } from '../records/as-input'
import { changesBetween, type FieldChange } from '../records/history'
import { asSeen } from '../records/visibility'
import { changeRecord, checkChange } from '../records/write'
import type { Context, WriteContext } from '../use-cases/context'
import type { ChangePurpose, PurposeRun } from './purposes'
import { startFlow } from './start-flow'

/** Starts the approval; the answer is its id, undefined when nothing that the flow watches would change. Fails like the write itself would. */
export async function holdChange(ctx: WriteContext, table: Table, record: WireRecord, patch: WireRecord, flow: Flow, duplicatesSeen: boolean): Promise<string | undefined> {
  const changed = await checkChange(ctx, table, record, patch, { byPerson: true, duplicatesSeen })
  if (!touchesWatched(table, flow, record, changed)) return undefined
  const changes = changesBetween(table.entity, record, changed)
  const values = (of: WireRecord) => Object.fromEntries(changes.map(({ field }) => [field, inputOf(table.entity, field, of[field])]))
  const purpose: ChangePurpose = { kind: 'change', fields: values(changed), before: values(record), baseRev: record.rev! }
  return (await startFlow(ctx, table, record, flow.name, { comment: null, purpose })).id
}

/** Whether what became of a record is any of what a flow that holds changes watches. */
export function touchesWatched({ entity }: Table, { trigger }: Flow, before: WireRecord, after: WireRecord): boolean {
  const watched = trigger?.watchFields ?? changesBetween(entity, before, after).map((c) => c.field)
  return watched.some((name) => !equalValues(before[name], after[name]))
}

/** 409 when a field that it changes was changed otherwise meanwhile: the approval stays open, and it can be rejected or withdrawn. */
export async function writeHeld(purpose: ChangePurpose, { ctx, instance, table, record }: PurposeRun): Promise<WireRecord> {
  const [fields, before] = [presentNames(table.entity, purpose.fields), presentNames(table.entity, purpose.before)]
  const moved = Object.keys(fields).filter((name) => !equalValues(inputOf(table.entity, name, record[name]), before[name]))
  const labels = moved.map((name) => table.entity.fields.get(name)!.definition.label)
  if (moved.length > 0) throw new AppError(409, 'changedMeanwhile', { fields: labels }, moved.map((name) => ({ path: `/${name}`, code: 'changedMeanwhile', params: { fields: [table.entity.fields.get(name)!.definition.label] } })))
  return changeRecord(ctx, table, record, fields, { byPerson: false, follows: true, data: { held: instance.id } })
}

/** What would become of which field, as this person may see it. */
export function heldChanges(ctx: Context, { entity }: Table, { fields, before }: ChangePurpose): FieldChange[] {
  const [was, is] = [asSeen(ctx, entity, presentNames(entity, before)), asSeen(ctx, entity, presentNames(entity, fields))]
  return Object.keys(is).filter((name) => entity.fields.has(name)).map((field) => ({ field, from: was[field] ?? null, to: is[field] ?? null }))
}
