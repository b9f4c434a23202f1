/** How much working time passes: what turnaround is measured with. */
import type { CompiledCalendar } from './calendar'
import { periodsFrom } from './due-at'

/**
 * The working time (ms) between two instants (ISO 8601, UTC) of a span that is laid out once; outside the span nobody works. Without
 * a calendar every hour is one.
 */
export function workClock(calendar: CompiledCalendar | undefined, from: string, to: string): (from: string, to: string) => number {
  if (!calendar) return (a, b) => Math.max(0, Date.parse(b) - Date.parse(a))
  const begins: number[] = []
  const ends: number[] = []
  /** Worked before each period. */
  const before: number[] = []
  let sum = 0
  for (const [begin, end] of periodsFrom(calendar, Date.parse(from))) {
    if (begin > Date.parse(to)) break
    begins.push(begin)
    ends.push(end)
    before.push(sum)
    sum += end - begin
  }
  const worked = (at: number) => {
    const i = last(begins, at)
    return i < 0 ? 0 : before[i]! + Math.min(at, ends[i]!) - begins[i]!
  }
  return (a, b) => Math.max(0, worked(Date.parse(b)) - worked(Date.parse(a)))
}

/** The last of ascending numbers that is not above a limit; -1 when all are. */
function last(numbers: number[], limit: number): number {
  let [low, high] = [0, numbers.length]
  while (low < high) { const middle = (low + high) >> 1; if (numbers[middle]! <= limit) low = middle + 1; else high = middle }
  return low - 1
}
