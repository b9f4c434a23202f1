/** Where the time comes from. */
export interface Clock {
  /** ISO 8601 instant in UTC with milliseconds. */
  now(): string
  /** Calendar day in the company's time zone, YYYY-MM-DD. */
  today(): string
  /** The company's, as Asia/Shanghai. */
  readonly timeZone: string
}

export function systemClock(timeZone: string): Clock {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
  // Formatting costs as much as a small query, and every rule asks; every zone's midnight lies on a quarter of an hour.
  const quarterHour = 900_000
  let quarter = -1
  let day = ''
  const today = () => {
    const now = Math.floor(Date.now() / quarterHour)
    if (now !== quarter) { quarter = now; day = format.format(now * quarterHour) }
    return day
  }
  return { now: () => new Date().toISOString(), today, timeZone }
}
