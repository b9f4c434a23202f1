/** Defining the cases of the suite for a store that is known not to do all of them. */
import { format } from 'node:util'

/** Reasons, each with the titles of the tests that cannot run for it. */
export type Gaps = Record<string, string[]>

type Run = (...args: unknown[]) => unknown

/** Defines the cases; those in a gap are skipped, the reason in their title. Returns how many tests there are. A title that no test has is an error. */
export function define(cases: () => void, gaps: Gaps = {}): number {
  const reasons = Object.entries(gaps).flatMap(([reason, titles]) => titles.map((title) => ({ reason, title, used: false })))
  const { test } = globalThis
  let count = 0
  const one = (title: string, run: Run, timeout?: number) => {
    count++
    const gap = reasons.find((g) => g.title === title)
    if (gap) gap.used = true
    if (gap) test.skip(`${title} — not run: ${gap.reason}`, () => undefined)
    else test(title, run as jest.ProvidesCallback, timeout)
  }
  const each = (table: unknown[]) => (title: string, run: Run) => {
    for (const row of table.map((r) => (Array.isArray(r) ? r : [r]))) one(titled(title, row), () => run(...row))
  }
  globalThis.test = Object.assign(one, { each }) as unknown as jest.It
  try { cases() } finally { globalThis.test = test }
  const stale = reasons.filter((g) => !g.used).map((g) => g.title)
  if (stale.length > 0) throw new Error(`No test is called ${stale.join(', ')}.`)
  return count
}

/** As jest does it: one value for each placeholder. */
const titled = (title: string, row: unknown[]) => format(title, ...row.slice(0, title.match(/%[sdj]/g)?.length ?? 0))
