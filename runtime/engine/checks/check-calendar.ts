import type { Calendar, Hours } from '../../../schemas/generated/types'
import { minutesOf } from '../calendar/calendar'
import type { Report } from '../compile-entity'
import type { Catalog } from '../model'
import { repetitions } from '../repetitions'

/** A zone that there is, some working time in the week, shifts one after another, every day once. */
export function checkCalendar({ timeZone, week, days = [] }: Calendar, _catalog: Catalog, report: Report) {
  if (!isTimeZone(timeZone)) report('/timeZone', 'badMember', { reason: { en: `there is no time zone “${timeZone}”`, zh: `没有时区“${timeZone}”` } })
  if (Object.values(week).every((hours) => hours.length === 0)) report('/week', 'badMember', { reason: { en: 'nobody ever works', zh: '没有任何工作时段' } })
  for (const [day, hours] of Object.entries(week)) checkHours(hours, `/week/${day}`, report)
  const repeated = repetitions(days.map(({ date }) => date))
  days.forEach(({ date, working, hours }, i) => {
    if (repeated.has(i)) report(`/days/${i}/date`, 'duplicateName', { name: date })
    if (!isDay(date)) report(`/days/${i}/date`, 'badMember', { reason: { en: `there is no day ${date}`, zh: `没有 ${date} 这一天` } })
    if (working && hours?.length === 0) report(`/days/${i}/hours`, 'badMember', { reason: { en: 'a working day has working hours', zh: '上班日须有工作时段' } })
    checkHours(hours ?? [], `/days/${i}/hours`, report)
  })
}

function checkHours(hours: Hours, path: string, report: Report) {
  hours.forEach(([from, to], i) => {
    if (minutesOf(from!) >= minutesOf(to!)) report(`${path}/${i}`, 'badMember', { reason: { en: `${to} is not after ${from}`, zh: `${to} 不晚于 ${from}` } })
    const before = hours[i - 1]?.[1]
    if (before !== undefined && minutesOf(from!) < minutesOf(before)) report(`${path}/${i}`, 'badMember', { reason: { en: `${from} is before ${before}, when the period above ends`, zh: `${from} 早于上一时段的结束 ${before}` } })
  })
}

const isDay = (date: string) => new Date(`${date}T00:00:00Z`).toISOString().startsWith(date)

function isTimeZone(zone: string): boolean {
  try { new Intl.DateTimeFormat('en', { timeZone: zone }); return true } catch { return false }
}
