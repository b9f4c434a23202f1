/** One's own times out of office, and who decides meanwhile. */
import { AppError, type Problem } from '../../schemas/errors'
import { collections } from '../model/collections'
import type { Absence } from '../model/directory'
import type { StoredDoc } from '../ports/store'
import { inTransaction, readerOf, type Context } from './context'

export interface AbsenceInput { from: string; until: string; deputy: string; /** Names of flows; all unless given. */ flows?: string[] | null }
export interface AbsenceList { items: Absence[]; titles: Record<string, string> }

/** Those to come and present ones first, the latest first. */
export async function listAbsences(ctx: Context): Promise<AbsenceList> {
  const docs = await readerOf(ctx).find(collections.outOfOffice, { where: { path: ['person'], op: 'eq', value: ctx.me.id }, sort: [{ column: 'until', descending: true }], limit: 100 })
  const items = docs.map(present)
  return { items, titles: Object.fromEntries(items.map(({ deputy }) => [deputy, ctx.model.directory.nameOf(deputy) ?? deputy])) }
}

const present = ({ id, person, deputy, from, until, flows, createdAt }: StoredDoc): Absence => ({ id, person, deputy, from, until, flows, createdAt }) as Absence

export async function addAbsence(ctx: Context, { from, until, deputy, flows = null }: AbsenceInput): Promise<Absence> {
  const problems = problemsOf(ctx, { from, until, deputy, flows })
  if (problems.length > 0) throw new AppError(422, problems[0]!.code, problems[0]!.params, problems)
  const absence: Absence = { id: ctx.newId(), person: ctx.me.id, deputy, from, until, flows, createdAt: ctx.clock.now() }
  await inTransaction(ctx, async ({ tx }) => {
    await tx.insert(collections.outOfOffice, [{ ...absence, rev: 1 }])
    await tx.bumpMetaVersion()
  })
  return absence
}

/** One that has begun ends yesterday, so that the trail of what was decided meanwhile can still be read; one to come goes. */
export async function endAbsence(ctx: Context, id: string): Promise<void> {
  await inTransaction(ctx, async ({ tx, me, clock }) => {
    const doc = await tx.get(collections.outOfOffice, id)
    if (doc?.person !== me.id) throw new AppError(404, 'notFound')
    const today = clock.today()
    if ((doc.from as string) >= today) await tx.remove(collections.outOfOffice, [id])
    else if ((doc.until as string) >= today) await tx.update(collections.outOfOffice, id, undefined, { until: dayBefore(today) })
    await tx.bumpMetaVersion()
  })
}

const dayBefore = (day: string) => new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)

function problemsOf(ctx: Context, { from, until, deputy, flows }: AbsenceInput): Problem[] {
  const known = new Set([...ctx.model.catalog.flows.values()].flat().map((f) => f.name))
  const unknown = flows?.map((name, i) => ({ name, i })).filter(({ name }) => !known.has(name)) ?? []
  const label = { en: 'Last day', zh: '结束日期' }
  return [
    ...(until < from || until < ctx.clock.today() ? [{ path: '/until', code: 'tooSmall' as const, params: { label, limit: from > ctx.clock.today() ? from : ctx.clock.today() } }] : []),
    ...(deputy === ctx.me.id || !ctx.model.directory.person(deputy)?.active ? [{ path: '/deputy', code: 'cannotBeAsked' as const, params: { name: ctx.model.directory.nameOf(deputy) ?? deputy, reason: { en: 'a deputy is somebody else who works here', zh: '代理人须为其他在职人员' } } }] : []),
    ...unknown.map(({ name, i }) => ({ path: `/flows/${i}`, code: 'noSuchDefinition' as const, params: { kind: { en: 'flow', zh: '流程' }, name } })),
  ]
}
