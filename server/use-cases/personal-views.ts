/** Views that people keep for themselves: checked like published ones when saved, fitted to the definitions in force when read. */
import { AppError, invalid, type Problem } from '../../schemas/errors'
import { collections } from '../model/collections'
import type { StoredDoc } from '../ports/store'
import { inTransaction, readerOf, tableOf, type Context, type WriteContext } from './context'
import { fitView, type ViewBody } from './view-fit'

export interface ViewWish extends ViewBody { name: string; entity: string; /** What the list of the entity opens with. */ default?: boolean }
export interface PersonalView extends ViewWish { id: string; rev: number; default: boolean; /** What does not apply any more, with places in the view as it was saved. */ leftOut: Problem[] }
/** Null takes a member away. */
export type ViewChanges = { [K in keyof Omit<ViewWish, 'entity'>]?: ViewWish[K] | null }

/** More of one entity would be a list nobody reads. */
const most = 50

/** The person's views of everything the person may see, in the order in which they were made. */
export async function personalViews(ctx: Context, entity?: string): Promise<PersonalView[]> {
  const docs = await viewsOf(ctx, entity)
  return docs.filter((doc) => ctx.access.entity(doc.entity as string) && ctx.model.tables.has(doc.entity as string)).map((doc) => present(ctx, doc))
}

export async function createView(ctx: Context, { name, entity, default: first = false, ...body }: ViewWish): Promise<PersonalView> {
  return inTransaction(ctx, async (tx) => {
    refuseUnfit(tx, entity, body)
    const others = await viewsOf(tx, entity)
    if (others.length >= most) throw invalid([{ path: '', code: 'tooMany', params: { label: { en: 'Views', zh: '视图' }, limit: most } }])
    refuseTaken(others, name)
    const doc = { id: tx.newId(), rev: 1, user: tx.me.id, entity, name, createdAt: tx.clock.now(), default: first, body: body as never }
    await tx.tx.insert(collections.personalView, [doc])
    if (first) await onlyDefault(tx, others)
    return present(tx, doc)
  })
}

/** What is not mentioned stays as it was saved; only what is given is checked, so that a view of fields that are gone can be renamed. */
export async function changeView(ctx: Context, id: string, { name, default: first, ...changes }: ViewChanges, rev?: number): Promise<PersonalView> {
  return inTransaction(ctx, async (tx) => {
    const doc = await ownDoc(tx, id)
    if (rev !== undefined && rev !== doc.rev) throw new AppError(412, 'staleRevision', {}, [], present(tx, doc))
    const others = (await viewsOf(tx, doc.entity as string)).filter((other) => other.id !== id)
    refuseUnfit(tx, doc.entity as string, without(changes))
    if (name) refuseTaken(others, name)
    const set = { name: name ?? (doc.name as string), default: first ?? (first === null ? false : (doc.default as boolean)), body: without({ ...(doc.body as ViewBody), ...changes }) as never }
    const newRev = await tx.tx.update(collections.personalView, id, doc.rev, set)
    if (set.default) await onlyDefault(tx, others)
    return present(tx, { ...doc, ...set, rev: newRev })
  })
}

export async function deleteView(ctx: Context, id: string): Promise<void> {
  await inTransaction(ctx, async (tx) => { await ownDoc(tx, id); await tx.tx.remove(collections.personalView, [id]) })
}

function viewsOf(ctx: Context, entity?: string): Promise<StoredDoc[]> {
  const mine = { path: ['user'], op: 'eq' as const, value: ctx.me.id }
  const where = entity === undefined ? mine : { and: [mine, { path: ['entity'], op: 'eq' as const, value: entity }] }
  return readerOf(ctx).find(collections.personalView, { where, sort: [{ column: 'createdAt' }] })
}

async function ownDoc(ctx: WriteContext, id: string): Promise<StoredDoc> {
  const doc = await ctx.tx.get(collections.personalView, id)
  if (doc?.user !== ctx.me.id) throw new AppError(404, 'notFound')
  tableOf(ctx, doc.entity as string)
  return doc
}

function refuseUnfit(ctx: Context, entity: string, body: ViewBody) {
  const { leftOut } = fitView(ctx, tableOf(ctx, entity), body)
  if (leftOut.length > 0) throw invalid(leftOut)
}

function refuseTaken(others: StoredDoc[], name: string) {
  if (others.some((other) => other.name === name)) throw invalid([{ path: '/name', code: 'duplicateName', params: { name } }])
}

async function onlyDefault(ctx: WriteContext, others: StoredDoc[]) {
  for (const { id, default: first } of others) if (first) await ctx.tx.update(collections.personalView, id, undefined, { default: false })
}

const without = (members: { [K in keyof ViewBody]?: ViewBody[K] | null }): ViewBody => Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null && value !== undefined))

function present(ctx: Context, { id, rev, entity, name, default: first, body: saved }: StoredDoc): PersonalView {
  const { body, leftOut } = fitView(ctx, ctx.model.tables.get(entity as string)!, saved as ViewBody)
  return { id, rev, entity: entity as string, name: name as string, default: first as boolean, ...body, leftOut }
}
