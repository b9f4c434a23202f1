/** Where the time comes from. */
export interface Clock {
  /** ISO 8601 instant in UTC with milliseconds. */
  now(): string
  /** Calendar day in the company's time zone, YYYY-MM-DD. */
  today(): string
}

export function systemClock(timeZone: string): Clock {
  const day = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
  return { now: () => new Date().toISOString(), today: () => day.format(new Date()) }
}
