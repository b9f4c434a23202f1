/**
 * Clocks of a time zone. A clock that is put forward jumps over times that nobody sees: they are taken for the moment of the jump. One
 * that is put back shows an hour twice: a wall time is its first showing, and the second showing counts as the end of that hour. So
 * later instants never have an earlier wall time, nor later wall times an earlier instant.
 */
export interface Wall {
  /** YYYY-MM-DD. */
  date: string
  /** Minutes of the day, with a fraction. */
  minutes: number
}

const minute = 60_000
const day = 86_400_000

/** Milliseconds since 1970 of a wall time; `minutes` may be 1440, the end of the day. */
export function instantOf(timeZone: string, { date, minutes }: Wall): number {
  const naive = Date.parse(`${date}T00:00:00Z`) + minutes * minute
  const [before, after] = [offset(timeZone, naive - day), offset(timeZone, naive + day)]
  if (before === after || offset(timeZone, naive - before) === before) return naive - before
  return offset(timeZone, naive - after) === after ? naive - after : jumpBetween(timeZone, naive - after, naive - before)
}

export function wallOf(timeZone: string, instant: number): Wall {
  const shown = shownAt(timeZone, instant)
  // The second showing of an hour: wall time stands still until it is over.
  while (instantOf(timeZone, shown) < instant) shown.minutes = Math.floor(shown.minutes) + 1
  return shown
}

function shownAt(timeZone: string, instant: number): Wall {
  const naive = instant + offset(timeZone, instant)
  const midnight = Math.floor(naive / day) * day
  return { date: new Date(midnight).toISOString().slice(0, 10), minutes: (naive - midnight) / minute }
}

/** The first minute with the later of the two offsets. */
function jumpBetween(timeZone: string, from: number, to: number): number {
  const before = offset(timeZone, from)
  let [low, high] = [from, to]
  while (high - low > minute) {
    const middle = Math.floor((low + high) / 2 / minute) * minute
    if (offset(timeZone, middle) === before) low = middle
    else high = middle
  }
  return high
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** What the zone's clocks show more than UTC's, in milliseconds. */
function offset(timeZone: string, instant: number): number {
  const whole = Math.floor(instant / 1000) * 1000
  const parts = Object.fromEntries(formatOf(timeZone).formatToParts(whole).map((p) => [p.type, Number(p.value)])) as Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second', number>
  return Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute, parts.second) - whole
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en', { timeZone, hourCycle: 'h23', calendar: 'gregory', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' })
  formats.set(timeZone, made)
  return made
}
