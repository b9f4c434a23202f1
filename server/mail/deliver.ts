/** A notice delivered by mail: put together when it is sent, as the person may see it then, in the person's language. */
import { noticeAddress } from '../../schemas/notices'
import { systemEntities } from '../../schemas/system'
import { collections } from '../model/collections'
import type { DirectoryPerson } from '../model/directory'
import type { DeliveryKind, DeliveryRun } from '../outbox/kinds'
import type { StoredDoc } from '../ports/store'
import { anyTable, contextFor, type Context } from '../use-cases/context'
import { aboutOf, presentOne } from '../use-cases/notices'
import { decideLink } from './decide-links'
import { letterOf } from './letter'

/** Nothing is sent when there is no use in it any more: read, or about a record that the person does not see. */
export const mail: DeliveryKind = async ({ id, params }, run) => {
  const { mailer } = run.services
  const notice = await run.services.store.get(collections.notice, params.notice as string)
  const model = await run.holder.current()
  const person = notice && model.directory.person(notice.user as string)
  if (!mailer || !notice || notice.readAt !== null || !person?.active) return { sent: false }
  const ctx = contextFor(run.services, model, person, person.language, 'system')
  const [to, about] = [await addressOf(ctx, person), (await aboutOf(ctx, [notice])).get(notice.id)]
  if (to === undefined || (notice.record !== null && !about)) return { sent: false }
  const { text, link } = presentOne(ctx, notice, about)
  const url = link && `${mailer.publicUrl}${noticeAddress(link)}`
  await mailer.send({ id, to, ...letterOf({ language: person.language, name: person.name, text, url, decideUrl: await decideUrl(run, ctx, notice) }) })
  return { sent: true }
}

async function addressOf(ctx: Context, { id }: DirectoryPerson): Promise<string | undefined> {
  const doc = await ctx.store.get(anyTable(ctx, systemEntities.user).collection, id, ['email'])
  return (doc?.email as string | null) ?? undefined
}

async function decideUrl({ services }: DeliveryRun, ctx: Context, { task }: StoredDoc): Promise<string | null> {
  const token = task === null ? undefined : await decideLink(ctx, task as string)
  return token === undefined ? null : `${services.mailer!.publicUrl}/decide/${token}`
}
