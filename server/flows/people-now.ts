/** The people as approvals know them today: with those who are out of office. */
import type { Directory } from '../../schemas/people'
import { collections } from '../model/collections'
import { readerOf, type Context } from '../use-cases/context'

export interface Absence { id: string; person: string; deputy: string; from: string; until: string; flows: string[] | null; createdAt: string }

/** The first and the last day count. */
export async function absencesNow(ctx: Context): Promise<Absence[]> {
  const today = ctx.clock.today()
  const where = { and: [{ path: ['until'], op: 'gte' as const, value: today }, { path: ['from'], op: 'lte' as const, value: today }] }
  return (await readerOf(ctx).find(collections.outOfOffice, { where, sort: [{ column: 'createdAt', descending: true }] })) as unknown as Absence[]
}

export async function peopleNow(ctx: Context): Promise<Directory> {
  const absences = await absencesNow(ctx)
  return {
    ...ctx.model.directory,
    deputyOf: (person, flow) => {
      const found = absences.find((a) => a.person === person && (a.flows === null || a.flows.includes(flow)))
      return found && { deputy: found.deputy, entry: found.id }
    },
  }
}
