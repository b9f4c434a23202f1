/** Fields and definitions that were taken away: kept with their values for thirty days, restored, or purged for good. */
import { columnOf, columnsOf, compareEntities, keyOf, uidOf } from '../../runtime/engine'
import { AppError } from '../../schemas/errors'
import { shiftDay, type Where } from '../../schemas/filters'
import type { Definition, Entity, Field } from '../../schemas/generated/types'
import { compileField } from '../../runtime/engine'
import { collections } from '../model/collections'
import { idOf, type Published } from '../model/model'
import type { StoredDoc } from '../ports/store'
import { releaseFiles } from '../records/files'
import type { NewDataChange } from './change-rules'
import { inTransaction, readerOf, type Context, type WriteContext } from './context'
import { getDefinition, requireStudio, saveDraft, type Draft } from './definitions'

export interface Discarded {
  id: string
  /** `retyped`: the former values of a field that got another type. `columns`: the rows of a sub-table as they were before columns were taken away. */
  kind: 'field' | 'retyped' | 'columns' | Definition['kind']
  /** Of a field: its entity. */
  key: string
  /** Of a field; of former values their column. */
  uid: string | null
  body: Definition | Field
  status: 'kept' | 'restored' | 'purged'
  at: string
  by: string
  /** Purged by the upkeep after this day. */
  until: string
  doneAt: string | null
  doneBy: string | null
}

const daysKept = 30
const kept: Where = { path: ['status'], op: 'eq', value: 'kept' }

/** In the transaction of a release: what it takes away goes into the trash, what it brings back comes out of it. */
export async function noteTrash(ctx: WriteContext, changed: Definition[], gone: Published[]) {
  for (const document of changed) {
    await settle(ctx, { kind: document.kind, key: keyOf(document), uid: null })
    if (document.kind !== 'entity') continue
    const before = ctx.model.published.get(idOf('entity', document.name))?.body as Entity | undefined
    for (const field of document.fields) if (!before?.fields.some((f) => uidOf(f) === uidOf(field))) await backAgain(ctx, document.name, field)
    for (const change of before ? compareEntities(before, document) : []) if (change.kind === 'fieldRemoved') await put(ctx, { kind: 'field', key: document.name, uid: uidOf(change.from), body: change.from })
    for (const from of before ? movedFields(before, document) : []) await put(ctx, { kind: loses(before!, document, from), key: document.name, uid: columnOf(from), body: from })
  }
  for (const { kind, key, body } of gone) await put(ctx, { kind, key, uid: null, body })
}

async function backAgain(ctx: WriteContext, key: string, field: Field) {
  await settle(ctx, { kind: 'field', key, uid: uidOf(field) })
  await settle(ctx, { kind: 'retyped', key, uid: columnOf(field) })
}

/** As they were before they got another column. */
const movedFields = (before: Entity, after: Entity) => before.fields.filter((f) => after.fields.some((g) => uidOf(g) === uidOf(f) && columnOf(g) !== columnOf(f)))

/** Whether a sub-table only lost columns: these can be put back. */
function loses(before: Entity, after: Entity, table: Field): 'columns' | 'retyped' {
  const ofTable = compareEntities(before, after).filter((c) => 'table' in c && uidOf(c.table) === uidOf(table))
  return ofTable.some((c) => c.kind === 'columnRemoved') && !ofTable.some((c) => c.kind === 'columnRetyped') ? 'columns' : 'retyped'
}

async function put(ctx: WriteContext, what: Pick<Discarded, 'kind' | 'key' | 'uid' | 'body'>) {
  await ctx.tx.insert(collections.trash, [{ id: ctx.newId(), rev: 1, ...what, body: what.body as never, status: 'kept', at: ctx.clock.now(), by: ctx.me.id, until: shiftDay(ctx.clock.today(), daysKept), doneAt: null, doneBy: null }])
}

export async function settle(ctx: WriteContext, { kind, key, uid }: Pick<Discarded, 'kind' | 'key' | 'uid'>) {
  const where: Where = { and: [kept, { path: ['kind'], op: 'eq', value: kind }, { path: ['key'], op: 'eq', value: key }, uid === null ? { path: ['uid'], op: 'empty' } : { path: ['uid'], op: 'eq', value: uid }] }
  await ctx.tx.updateWhere(collections.trash, where, { status: 'restored', doneAt: ctx.clock.now(), doneBy: ctx.me.id })
}

/** Newest first; what was restored or purged stays as the record of it. */
export async function listTrash(ctx: Context): Promise<{ items: Discarded[] }> {
  requireStudio(ctx)
  const docs = await ctx.store.find(collections.trash, { sort: [{ column: 'at', descending: true }], limit: 200 })
  return { items: docs.map(toDiscarded) }
}

const toDiscarded = ({ rev: _rev, ...doc }: StoredDoc) => doc as unknown as Discarded

/** A draft that brings it back, values and all, when it is published. */
export async function restoreFromTrash(ctx: Context, id: string): Promise<Draft> {
  requireStudio(ctx)
  const { kind, key, body } = await findKept(ctx, id)
  if (kind !== 'field' && kind !== 'retyped' && kind !== 'columns') return saveDraft(ctx, kind, key, body)
  const { draft, definition } = (await getDefinition(ctx, 'entity', key)) as { draft?: Draft; definition: Entity | null }
  const entity = (draft?.definition ?? definition) as Entity
  const field = kind === 'field' ? (body as Field) : ((kind === 'columns' && withColumnsBack(body as Field, entity)) || beside(body as Field, entity))
  return saveDraft(ctx, 'entity', key, { ...entity, fields: [...entity.fields.filter((f) => f.uid !== field.uid), field] }, draft?.rev)
}

/** The sub-table with the columns it lost; undefined when their names are taken or it is gone. `column` says where their values are. */
function withColumnsBack(former: Field, { fields }: Entity): Field | undefined {
  const table = fields.find((f) => uidOf(f) === uidOf(former))
  const present = table ? columnsOf(table) : []
  const lost = columnsOf(former).filter((c) => !present.some((p) => uidOf(p) === uidOf(c)))
  const free = lost.every((c) => !present.some((p) => [p.name, ...(p.aliases ?? [])].includes(c.name)))
  return table && lost.length > 0 && free ? ({ ...table, fields: [...present, ...lost.map((c) => ({ ...c, column: columnOf(former) }))] } as Field) : undefined
}

/** Entries that hold rows as they were before columns were taken away. */
const rowsKept: Where = { and: [kept, { path: ['kind'], op: 'in', value: ['columns', 'retyped'] }] }

/** A former version of an entity. Of columns that were taken away since, `column` says where their values are, so that they come back with it. */
export async function withValuesKept(ctx: Context, former: Entity, { fields: now }: Entity): Promise<Entity> {
  const docs = await readerOf(ctx).find(collections.trash, { where: { and: [rowsKept, { path: ['key'], op: 'eq', value: former.name }] }, sort: [{ column: 'at', descending: true }] })
  const fields = former.fields.map((table): Field => {
    const present = columnsOf(now.find((f) => uidOf(f) === uidOf(table)) ?? table)
    const entries = docs.map(toDiscarded).filter(({ body }) => uidOf(body as Field) === uidOf(table))
    const found = (column: Field) => (present.some((c) => uidOf(c) === uidOf(column)) ? undefined : entries.find(({ body }) => columnsOf(body as Field).some((c) => uidOf(c) === uidOf(column))))
    return columnsOf(table).some(found) ? ({ ...table, fields: columnsOf(table).map((c) => ({ ...c, ...(found(c) && { column: found(c)!.uid }) })) } as Field) : table
  })
  return { ...former, fields }
}

/** What drafts bring back of sub-tables' columns: the values follow the release. */
export async function columnsBack(ctx: Context, documents: Definition[]): Promise<NewDataChange[]> {
  const tables = documents.filter((d) => d.kind === 'entity').flatMap((d) => d.fields.map((table) => ({ entity: d.name, table, columns: columnsOf(table).filter((c) => c.column !== undefined) }))).filter(({ columns }) => columns.length > 0)
  if (tables.length === 0) return []
  const docs = await readerOf(ctx).find(collections.trash, { where: rowsKept })
  return tables.flatMap(({ entity, table, columns }) => docs.filter((d) => d.key === entity && columns.some((c) => c.column === d.uid))
    .map((d) => ({ kind: 'restoreColumns' as const, entity, params: { field: table.name, from: d.body, columns: columns.filter((c) => c.column === d.uid).map(uidOf) } })))
}

/** Former values come back in a field of their own: those of the present type have been worked on since. */
function beside({ aliases: _, required: __, requiredWhen: ___, ...field }: Field, { fields }: Entity): Field {
  const taken = (name: string) => fields.some((f) => [f.name, f.uid, ...(f.aliases ?? [])].includes(name))
  let name = `${field.name}Former`
  for (let n = 2; taken(name); n++) name = `${field.name}Former${n}`
  return { ...field, name, uid: name, column: columnOf(field as Field), label: { en: `${field.label.en} (former)`, zh: `${field.label.zh}（旧）` } } as Field
}

async function findKept(ctx: Context, id: string): Promise<Discarded> {
  const doc = await readerOf(ctx).get(collections.trash, id)
  if (!doc || doc.status !== 'kept') throw new AppError(404, 'notFound')
  return toDiscarded(doc)
}

/** Forgets it and its values for good. The entry stays and says who did it. */
export async function purge(ctx: Context, id: string): Promise<void> {
  requireStudio(ctx)
  await forget(ctx, await findKept(ctx, id))
}

async function forget(ctx: Context, found: Discarded): Promise<void> {
  const { id } = found
  await dropValues(ctx, found)
  await inTransaction(ctx, async (write) => {
    if (found.kind === 'entity') await releaseFiles(write, { entity: found.key })
    if (found.uid !== null) await releaseFiles(write, { entity: found.key, field: found.uid })
    await write.tx.update(collections.trash, id, undefined, { status: 'purged', body: null as never, doneAt: ctx.clock.now(), doneBy: ctx.me.id })
    await write.tx.bumpMetaVersion()
  })
}

/** Columns first: a purge that is interrupted in between can be repeated. */
async function dropValues(ctx: Context, { kind, key, body }: Discarded) {
  if (kind === 'entity') await ctx.store.dropCollection({ name: `r_${key}`, columns: (body as Entity).fields.map((f) => storeColumn(f)), indexes: [] })
  if (kind !== 'field' && kind !== 'retyped' && kind !== 'columns') return
  const table = ctx.model.tables.get(key)
  const column = storeColumn(body as Field)
  for (const name of [column.column, `${column.column}$sort`]) await ctx.store.dropColumn({ name: `r_${key}`, columns: table?.collection.columns ?? [], indexes: [] }, { ...column, column: name })
}

function storeColumn(definition: Field) {
  const field = compileField(definition)
  return { name: field.name, column: columnOf(definition), kind: field.effectiveType.storage, ...(field.rows && { rows: [] }) }
}

/** Rows whose columns were put back are not needed either. */
const over: Where = { or: [kept, { and: [{ path: ['kind'], op: 'eq', value: 'columns' }, { path: ['status'], op: 'eq', value: 'restored' }] }] }

/** Purges what has been in the trash for longer than its days. Returns how many. */
export async function purgeDue(ctx: Context): Promise<number> {
  const due = await ctx.store.find(collections.trash, { where: { and: [over, { path: ['until'], op: 'lt', value: ctx.clock.today() }] } })
  for (const doc of due) await forget(ctx, toDiscarded(doc))
  return due.length
}
