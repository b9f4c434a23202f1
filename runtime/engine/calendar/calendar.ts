/** A calendar made ready to count in. */
import type { Calendar, Hours } from '../../../schemas/generated/types'

/** From and to, in minutes of the day. */
export type Shift = readonly [from: number, to: number]

export interface CompiledCalendar {
  timeZone: string
  /** From Sunday to Saturday. */
  week: readonly (readonly Shift[])[]
  /** Days that are not like their weekday, by YYYY-MM-DD. */
  days: ReadonlyMap<string, readonly Shift[]>
}

const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const

export function compileCalendar({ timeZone, week, days = [] }: Calendar): CompiledCalendar {
  const usual = shifts(usualHours(week))
  const special = days.map(({ date, working, hours }) => [date, working ? (hours ? shifts(hours) : usual) : []] as const)
  return { timeZone, week: weekdays.map((day) => shifts(week[day] ?? [])), days: new Map(special) }
}

/** The working hours of a day, YYYY-MM-DD. */
export const shiftsOf = ({ week, days }: CompiledCalendar, date: string): readonly Shift[] => days.get(date) ?? week[new Date(date).getUTCDay()]!

/** Minutes of the day that HH:MM is. */
export const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))

const shifts = (hours: Hours): Shift[] => hours.map(([from, to]) => [minutesOf(from!), minutesOf(to!)])

/** What a make-up day has that does not say: Monday first, as people name weeks. */
const usualHours = (week: Calendar['week']): Hours => ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => week[day as keyof typeof week] ?? []).find((hours) => hours.length > 0) ?? []
