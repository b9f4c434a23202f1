/** Evaluates a condition in memory, with the same result as every store. */
import type { Scalar, Where } from './where'

/** Reads the value at a path of the document at hand; null where there is none, `Several` for a column of a sub-table. */
export type Read = (path: string[]) => unknown

/** The values of a column in all rows of a sub-table: a comparison holds when it does for some row. */
export class Several {
  constructor(readonly values: unknown[]) {}
}

export function matches(where: Where, read: Read): boolean {
  if ('and' in where) return where.and.every((part) => matches(part, read))
  if ('or' in where) return where.or.some((part) => matches(part, read))
  if ('not' in where) return !matches(where.not, read)
  if ('some' in where) return ((read([where.some]) ?? []) as { [column: string]: unknown }[]).some((row) => matches(where.where, ([column]) => row[column!] ?? null))
  const actual = read(where.path) ?? null
  const compare = operators[where.op]
  return actual instanceof Several ? actual.values.some((value) => compare(value ?? null, where.value)) : compare(actual, where.value)
}

type Compare = (actual: unknown, value: Scalar | Scalar[] | undefined) => boolean

const ordered = (test: (order: number) => boolean): Compare => (actual, value) =>
  actual !== null && value !== null && test((actual as string) < (value as string) ? -1 : (actual as string) > (value as string) ? 1 : 0)

/** SQLite's LIKE folds ASCII letters only; so do we. */
const fold = (text: unknown) => String(text).replace(/[A-Z]+/g, (letters) => letters.toLowerCase())

const operators: Record<Extract<Where, { op: unknown }>['op'], Compare> = {
  eq: (actual, value) => actual !== null && actual === value,
  ne: (actual, value) => actual === null || actual !== value,
  lt: ordered((o) => o < 0),
  lte: ordered((o) => o <= 0),
  gt: ordered((o) => o > 0),
  gte: ordered((o) => o >= 0),
  in: (actual, value) => actual !== null && (value as Scalar[]).includes(actual as Scalar),
  nin: (actual, value) => actual === null || !(value as Scalar[]).includes(actual as Scalar),
  contains: (actual, value) => actual !== null && (Array.isArray(actual) ? actual.includes(value) : fold(actual).includes(fold(value))),
  startsWith: (actual, value) => actual !== null && fold(actual).startsWith(fold(value)),
  empty: (actual) => actual === null || actual === '' || (Array.isArray(actual) && actual.length === 0),
}
