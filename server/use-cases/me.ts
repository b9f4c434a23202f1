/** Who I am and what I may do: what an app needs to know before it draws anything. */
import type { EntityAccess } from '../../runtime/engine'
import { AppError, withMessages } from '../../schemas/errors'
import type { Language } from '../../schemas/field-types/field-type'
import { systemEntities } from '../../schemas/system'
import { administersSome } from '../flows/administrators'
import { collections } from '../model/collections'
import { loadRecord } from '../records/load'
import { changeRecord } from '../records/write'
import { anyTable, asEngine, inTransaction, type Context } from './context'
import { openTasks } from './list-tasks'
import { personalViews } from './personal-views'
import { checkPassword, setPassword } from './sessions'

export async function whoAmI(ctx: Context, csrfToken: string) {
  const { id, username, name, roles, department } = ctx.me
  const preferences = await ctx.store.find(collections.preference, { where: { path: ['user'], op: 'eq', value: id } })
  return {
    user: { id, username, name, roles, department, language: ctx.model.directory.person(id)?.language ?? 'zh' },
    csrfToken,
    today: ctx.clock.today(),
    capabilities: [...ctx.access.capabilities],
    administers: administersSome(ctx),
    rights: Object.fromEntries([...ctx.model.tables.keys()].map((entity) => [entity, ctx.access.entity(entity)]).filter(([, access]) => access).map(([entity, access]) => [entity as string, rightsOf(access as EntityAccess)])),
    tasks: await openTasks(ctx),
    release: ctx.model.release,
    mail: ctx.mailer !== undefined,
    views: (await personalViews(ctx)).map((view) => ({ ...view, leftOut: withMessages(view.leftOut, ctx.language) })),
    preferences: Object.fromEntries(preferences.map((p) => [p.key, p.value])),
  }
}

function rightsOf({ verbs, fields, actions, flows }: EntityAccess) {
  return {
    create: verbs.create !== undefined, read: verbs.read !== undefined, update: verbs.update !== undefined, delete: verbs.delete !== undefined,
    fields: Object.fromEntries(fields), actions: [...actions.keys()], flows: [...flows.keys()],
  }
}

/** Everyone may choose the language they read; it is kept with the person. */
export async function setLanguage(ctx: Context, language: Language): Promise<void> {
  await inTransaction(asEngine(ctx, ctx.path), async (tx) => {
    const table = anyTable(tx, systemEntities.user)
    const record = await loadRecord(tx, table, ctx.me.id)
    if (record) await changeRecord(tx, table, record, { language }, { byPerson: false })
  })
}

export async function changeOwnPassword(ctx: Context, session: string, current: string, password: string): Promise<void> {
  if (!(await checkPassword(ctx, ctx.me.id, current))) throw new AppError(422, 'badCredentials', {}, [{ path: '/current', code: 'badCredentials' }])
  await setPassword(ctx, ctx.me.id, password, session)
}

export async function setPersonsPassword(ctx: Context, user: string, password: string): Promise<void> {
  if (!ctx.access.capabilities.has('users')) throw new AppError(403, 'forbidden')
  if (!ctx.model.directory.person(user)) throw new AppError(404, 'notFound')
  await setPassword(ctx, user, password)
}

export async function savePreference(ctx: Context, key: string, value: unknown): Promise<void> {
  await inTransaction(ctx, async ({ tx }) => {
    const id = `${ctx.me.id}:${key}`
    const doc = { user: ctx.me.id, key, value: value as never }
    if (await tx.get(collections.preference, id, [])) await tx.update(collections.preference, id, undefined, doc)
    else await tx.insert(collections.preference, [{ id, rev: 1, ...doc }])
  })
}
