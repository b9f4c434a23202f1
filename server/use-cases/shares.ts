/** One record opened to a person or a department by hand, to read or to write, up to a day. Roles still say what may be done at all. */
import type { CompiledEntity, WireRecord } from '../../runtime/engine'
import { AppError, invalid, type Problem } from '../../schemas/errors'
import { collections } from '../model/collections'
import type { Table } from '../model/tables'
import type { StoredDoc } from '../ports/store'
import { addHistory } from '../records/history'
import { visibleRecord } from '../records/load'
import { mayUse } from '../records/visibility'
import { accessFor, inTransaction, readerOf, type Context, type WriteContext } from './context'

export type Grantee = { user: string } | { department: string }
export type ShareRequest = Grantee & { right: 'read' | 'write'; /** YYYY-MM-DD, the last day; for good without it. */ until?: string | null }
export interface ShareItem { id: string; kind: 'user' | 'department'; grantee: string; name: string; right: 'read' | 'write'; until: string | null; by: string; at: string; /** Its last day has passed. */ over: boolean }

/** The owner may, and whoever a role gives the verb. */
export async function mayShare(ctx: Context, entity: CompiledEntity, record: WireRecord): Promise<boolean> {
  return ctx.access.entity(entity.name) !== undefined && (record.owner === ctx.me.id || (await mayUse(ctx, entity, record, 'share')))
}

export async function listShares(ctx: Context, entity: string, id: string): Promise<{ items: ShareItem[] }> {
  await shareable(ctx, entity, id)
  return { items: (await sharesOf(ctx, id)).map((doc) => present(ctx, doc)) }
}

/** Shares a record, or changes what the same person or department had. */
export async function shareRecord(ctx: Context, entity: string, id: string, request: ShareRequest): Promise<ShareItem> {
  return inTransaction(ctx, async (tx) => {
    const { table, record } = await shareable(tx, entity, id)
    const { kind, grantee } = 'user' in request ? { kind: 'user', grantee: request.user } : { kind: 'department', grantee: request.department }
    const problems = requestProblems(tx, entity, request)
    if (problems.length > 0) throw invalid(problems)
    // Nobody gives more than they have.
    if (request.right === 'write' && !(await mayUse(tx, table.entity, record, 'update'))) throw new AppError(403, 'forbidden')
    const fields = { entity, record: id, kind, grantee, right: request.right, until: request.until ?? null, by: tx.me.id, at: tx.clock.now() }
    const known = (await sharesOf(tx, id)).find((s) => s.grantee === grantee)
    const shareId = known?.id ?? tx.newId()
    if (known) await tx.tx.update(collections.share, shareId, undefined, fields)
    else await tx.tx.insert(collections.share, [{ id: shareId, rev: 1, ...fields }])
    await noteHolder(tx, grantee, entity)
    await addHistory(tx, entity, record, 'shared', [], { kind, grantee, right: fields.right, until: fields.until })
    return present(tx, { id: shareId, rev: 1, ...fields })
  })
}

export async function unshareRecord(ctx: Context, entity: string, id: string, share: string): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const { record } = await shareable(tx, entity, id)
    const doc = (await sharesOf(tx, id)).find((s) => s.id === share)
    if (!doc) throw new AppError(404, 'notFound')
    await tx.tx.remove(collections.share, [share])
    await addHistory(tx, entity, record, 'unshared', [], { kind: doc.kind, grantee: doc.grantee })
  })
}

async function shareable(ctx: Context, entity: string, id: string): Promise<{ table: Table; record: WireRecord }> {
  const found = await visibleRecord(ctx, entity, id)
  if (!(await mayShare(ctx, found.table.entity, found.record))) throw new AppError(403, 'forbidden')
  return found
}

const sharesOf = (ctx: Context, record: string) => readerOf(ctx).find(collections.share, { where: { path: ['record'], op: 'eq', value: record }, sort: [{ column: 'at' }] })

/** Every process keeps in memory who has shares at all; the first of its kind makes them read again. */
async function noteHolder(ctx: WriteContext, grantee: string, entity: string) {
  if (!ctx.model.directory.wasSharedWith([grantee], entity)) await ctx.tx.bumpMetaVersion()
}

function requestProblems(ctx: Context, entity: string, request: ShareRequest): Problem[] {
  const problems: Problem[] = []
  const unknown = (path: string, label: { en: string; zh: string }): Problem => ({ path, code: 'noSuchRecord', params: { label } })
  if ('user' in request) {
    const person = ctx.model.directory.person(request.user)
    if (!person?.active) problems.push(unknown('/user', { en: 'Person', zh: '人员' }))
    else if (!accessFor(ctx, person).entity(entity)?.verbs.read) problems.push({ path: '/user', code: 'cannotReceive', params: { name: person.name } })
  } else if (ctx.model.directory.departmentName(request.department) === undefined) problems.push(unknown('/department', { en: 'Department', zh: '部门' }))
  if (request.until && request.until < ctx.clock.today()) problems.push({ path: '/until', code: 'tooSmall', params: { label: { en: 'The last day', zh: '截止日期' }, limit: ctx.clock.today() } })
  return problems
}

function present(ctx: Context, doc: StoredDoc): ShareItem {
  const { id, kind, grantee, right, until, by, at } = doc as unknown as Omit<ShareItem, 'name' | 'over'>
  const { directory } = ctx.model
  return { id, kind, grantee, name: directory.nameOf(grantee) ?? directory.departmentName(grantee) ?? '', right, until, by, at, over: until !== null && until < ctx.clock.today() }
}
