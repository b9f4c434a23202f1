/** When a working time is over: what due dates, reminders and escalations count with. */
import { shiftsOf, type CompiledCalendar } from './calendar'
import { instantOf, wallOf, type Wall } from './zone'

const hour = 3_600_000
const day = 86_400_000
/** A calendar whose working days are all in the past would be searched for ever. */
const farthest = 4000

/**
 * The moment at which a working time (ISO 8601: P2D, PT4H, P1DT2H) that begins at `from` is over, both as ISO 8601 in UTC.
 * What begins outside working hours begins when they do. `P1D` is the same time of the next working day, or the nearest in its
 * working hours; hours are counted after the days. Without a calendar, 24-hour days. Later beginnings never end earlier.
 * Fails when the calendar has no working time within ten years, or the duration is not one of the language.
 */
export function dueAt(calendar: CompiledCalendar | undefined, from: string, duration: string): string {
  const { days, time } = partsOf(duration)
  const start = Date.parse(from)
  const end = calendar ? addHours(calendar, addDays(calendar, start, days), time) : start + days * day + time
  return new Date(end).toISOString()
}

function partsOf(duration: string): { days: number; time: number } {
  const [, days, hours, minutes] = /^P(?=.)(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?)?$/.exec(duration) ?? fail(`“${duration}” is not a working time`)
  return { days: Number(days ?? 0), time: Number(hours ?? 0) * hour + Number(minutes ?? 0) * (hour / 60) }
}

/** The first working moment at or after an instant, on the so-manyth working day after that. */
function addDays(calendar: CompiledCalendar, from: number, days: number): number {
  const begin = firstWorkingMoment(calendar, from)
  if (days === 0) return begin
  const { date, minutes } = wallOf(calendar.timeZone, begin)
  let left = days
  for (const next of daysFrom(following(date))) if (shiftsOf(calendar, next).length > 0 && --left === 0) return nearest(calendar, { date: next, minutes })
  return noWork()
}

/** The earliest moment by which so much working time has passed. `from` is a working moment. */
function addHours(calendar: CompiledCalendar, from: number, time: number): number {
  let left = time
  for (const [begin, end] of periodsFrom(calendar, from)) {
    const at = Math.max(begin, from)
    if (left <= end - at) return at + left
    left -= end - at
  }
  return noWork()
}

function firstWorkingMoment(calendar: CompiledCalendar, from: number): number {
  const { value } = periodsFrom(calendar, from).next()
  return value ? Math.max(value[0], from) : noWork()
}

/** The first working moment of the day at or after a time of it; else the end of work. */
function nearest({ timeZone, ...rest }: CompiledCalendar, { date, minutes }: Wall): number {
  const shifts = shiftsOf({ timeZone, ...rest }, date)
  const shift = shifts.find(([, end]) => minutes <= end) ?? shifts.at(-1)!
  return instantOf(timeZone, { date, minutes: Math.min(Math.max(minutes, shift[0]), shift[1]) })
}

/** Working periods in their order that are not over at an instant; a period belongs to its end too. */
export function* periodsFrom(calendar: CompiledCalendar, from: number): Generator<readonly [begin: number, end: number], undefined> {
  for (const date of daysFrom(wallOf(calendar.timeZone, from).date)) {
    for (const [begin, end] of shiftsOf(calendar, date)) {
      const period = [instantOf(calendar.timeZone, { date, minutes: begin }), instantOf(calendar.timeZone, { date, minutes: end })] as const
      if (period[1] >= from) yield period
    }
  }
  return undefined
}

function* daysFrom(date: string): Generator<string> {
  for (let i = 0, at = date; i < farthest; i++, at = following(at)) yield at
}

const following = (date: string) => new Date(Date.parse(date) + day).toISOString().slice(0, 10)

const noWork = (): never => fail('the calendar has no working time')
function fail(reason: string): never { throw new RangeError(reason) }
