/** What people ticked off of the checklists of stages: a row for each item of a record that is done. */
import { pipelineOf, stageOf, type WireRecord } from '../../runtime/engine'
import type { ChecklistItem } from '../../schemas/generated/types'
import { collections } from '../model/collections'
import type { Table } from '../model/tables'
import { addHistory } from '../records/history'
import { readerOf, type Context, type WriteContext } from '../use-cases/context'

/** `name` is that of the person. */
export interface Check { item: string; at: string; by: string; name: string }

/** What of the checklist of the record's present stage is done. */
export async function checksOf(ctx: Context, { entity }: Table, record: WireRecord): Promise<Check[]> {
  const pipeline = pipelineOf(ctx.model.catalog, entity, record)
  const stage = stageOf(pipeline, record[entity.definition.pipeline!.stageField])
  if (!stage?.checklist?.length) return []
  const is = (column: string, value: string) => ({ path: [column], op: 'eq' as const, value })
  const docs = await readerOf(ctx).find(collections.check, { where: { and: [is('record', record.id!), is('place', placeOf(pipeline!.name, stage.id))] } })
  return docs.map(({ item, at, by }) => ({ item, at, by, name: ctx.model.directory.person(by as string)?.name ?? '' }) as Check)
}

const placeOf = (pipeline: string, stage: string) => `${pipeline}.${stage}`

/** Marks an item of the present stage as done or not; marking what is so already changes nothing. */
export async function mark(ctx: WriteContext, table: Table, record: WireRecord, { id: item, text }: ChecklistItem, done: boolean): Promise<void> {
  const { entity } = table
  const before = (await checksOf(ctx, table, record)).some((check) => check.item === item)
  if (before === done) return
  const { pipelineField, stageField } = entity.definition.pipeline!
  const place = placeOf(String(record[pipelineField]), String(record[stageField]))
  const id = `${record.id!}.${place}.${item}`
  if (done) await ctx.tx.insert(collections.check, [{ id, rev: 1, entity: entity.name, record: record.id!, place, item, at: ctx.clock.now(), by: ctx.me.id }])
  else await ctx.tx.remove(collections.check, [id])
  await addHistory(ctx, entity.name, record, 'checklist', [], { item, text, done })
}
