/** The people as approvals know them today: with those who are out of office. */
import type { Directory } from '../../schemas/people'
import type { Context } from '../use-cases/context'

export function peopleNow({ model: { directory }, clock }: Pick<Context, 'model' | 'clock'>): Directory {
  const absences = directory.absences(clock.today())
  return {
    ...directory,
    deputyOf: (person, flow) => {
      const found = absences.find((a) => a.person === person && (a.flows === null || a.flows.includes(flow)))
      return found && { deputy: found.deputy, entry: found.id }
    },
  }
}
