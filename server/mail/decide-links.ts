/**
 * Links to decide a task from a letter. A link holds a random token of 256 bits; the store holds its digest only, with whom and what it
 * is for, so that nobody who reads the store could decide. It works once, for the person it was made for, as long as the task is theirs.
 */
import { createHash, randomBytes } from 'node:crypto'
import { AppError } from '../../schemas/errors'
import { flowOf, loadInstance, type Instance } from '../flows/instances'
import { later } from '../jobs/due'
import { collections } from '../model/collections'
import type { ModelHolder } from '../model/model'
import type { StoredDoc } from '../ports/store'
import { contextFor, inTransaction, readerOf, type Context, type Services } from '../use-cases/context'
import { decideTask } from '../use-cases/decide-task'

const lifetime = 14 * 86_400_000
const digest = (token: string) => createHash('sha256').update(token).digest('hex')

/** A new link to a task of this person; undefined when the flow offers none, or the task is not waiting. */
export async function decideLink(ctx: Context, task: string): Promise<string | undefined> {
  const doc = await readerOf(ctx).get(collections.task, task)
  const instance = doc?.status === 'open' && doc.assignee === ctx.me.id ? await loadInstance(ctx, doc.instance as string) : undefined
  if (!instance || (await flowOf(ctx, instance)).settings?.emailDecision !== 'confirmPage') return undefined
  const token = randomBytes(32).toString('base64url')
  const now = ctx.clock.now()
  await inTransaction(ctx, ({ tx }) => tx.insert(collections.decideLink, [{ id: digest(token), rev: 1, task, user: ctx.me.id, createdAt: now, expiresAt: later(now, lifetime), usedAt: null }]))
  return token
}

export interface LinkedTask { ctx: Context; link: StoredDoc; task: StoredDoc; instance: Instance }

/**
 * What a link leads to, acting as the person it was made for. 404 for none or one that is too old, 409 when it was used or the task is
 * decided, 403 when the task is somebody else's now or the person left.
 */
export async function followLink(services: Services, holder: ModelHolder, token: string): Promise<LinkedTask> {
  const model = await holder.current()
  const link = await services.store.get(collections.decideLink, digest(token))
  if (!link || (link.expiresAt as string) <= services.clock.now()) throw new AppError(404, 'noSuchLink')
  const person = model.directory.person(link.user as string)
  if (!person?.active) throw new AppError(403, 'notYourTask')
  const ctx = contextFor(services, model, person, person.language, 'system')
  const task = await requireUsable(ctx, link)
  return { ctx, link, task, instance: (await loadInstance(ctx, task.instance as string))! }
}

async function requireUsable(ctx: Context, link: StoredDoc): Promise<StoredDoc> {
  const [now, task] = [await readerOf(ctx).get(collections.decideLink, link.id), await readerOf(ctx).get(collections.task, link.task as string)]
  if (!now || !task) throw new AppError(404, 'noSuchLink')
  if (now.usedAt !== null) throw new AppError(409, 'linkUsed')
  if (task.assignee !== ctx.me.id || task.status === 'transferred') throw new AppError(403, 'notYourTask')
  if (task.status !== 'open') throw new AppError(409, 'taskDone')
  return task
}

/** Decides and uses the link up, in one transaction; the same rules hold as in the app. */
export async function decideByLink({ ctx, link }: LinkedTask, decision: { decision: 'approve' | 'reject'; comment: string | null; rev?: number }): Promise<void> {
  await inTransaction(ctx, async (inside) => {
    const task = await requireUsable(inside, link)
    await decideTask(inside, task.id, decision)
    await inside.tx.update(collections.decideLink, link.id, undefined, { usedAt: ctx.clock.now() })
  })
}
