/**
 * Rule tables: rates, fees and thresholds that hold from a day on. Pure: the day, or the version, comes from who asks. A version once
 * given is never looked for again: who stamped it asks `answerOf` with it, so that nothing published later reaches back.
 */
import { boolean, date, decimal, Exact, listOf, same, text, type ExpressionType, type ExpressionValue } from '../../schemas/expressions'
import type { RuleColumn, RuleCondition, RuleRow, RuleTable, RuleVersion } from '../../schemas/generated/types'

export type RuleInputs = { [input: string]: ExpressionValue | undefined }
export interface RuleAnswer {
  version: string
  /** The line that answered; of several the first. */
  row: string
  rows: string[]
  /** Values by output; lists of them where the table collects. */
  outputs: { [output: string]: ExpressionValue }
}

/** What the version of that day answers; undefined when none is valid then or no line fits. */
export function lookup(table: RuleTable, asOf: string, inputs: RuleInputs): RuleAnswer | undefined {
  const version = versionAt(table, asOf)
  return version && answerOf(table, version, inputs)
}

/** The version valid on a day (YYYY-MM-DD, or a moment of it): the latest that has begun, corrected ones left out. */
export function versionAt(table: RuleTable, moment: string): RuleVersion | undefined {
  const asOf = moment.slice(0, 10)
  if (!isDay(asOf)) return undefined
  const begun = effectiveVersions(table).filter(({ validFrom }) => validFrom <= asOf)
  const latest = begun.reduce<RuleVersion | undefined>((best, v) => (best && best.validFrom > v.validFrom ? best : v), undefined)
  return latest && (latest.validTo ?? asOf) >= asOf ? latest : undefined
}

/** Versions whose place no other has taken. */
export function effectiveVersions({ versions }: RuleTable): RuleVersion[] {
  const corrected = new Set(versions.map((v) => v.corrects))
  return versions.filter(({ id }) => !corrected.has(id))
}

export const ruleVersion = ({ versions }: RuleTable, id: unknown): RuleVersion | undefined => versions.find((v) => v.id === id)

export function answerOf(table: RuleTable, version: RuleVersion, inputs: RuleInputs): RuleAnswer | undefined {
  const fitting = version.rows.filter((row) => fits(table, row, inputs))
  const [first] = fitting
  if (!first) return undefined
  const value = (row: RuleRow, { name, type }: RuleColumn) => { const written = row.then[name]; return written === undefined ? null : (literalTypes[type].read(written) ?? null) }
  const collects = table.hit === 'collect'
  return {
    version: version.id, row: first.id, rows: (collects ? fitting : [first]).map(({ id }) => id),
    outputs: Object.fromEntries(table.outputs.map((column) => [column.name, collects ? fitting.map((row) => value(row, column)) : value(first, column)])),
  }
}

/** Types of what an answer holds, for expressions that use it. */
export function outputTypes({ outputs, hit }: RuleTable): { [output: string]: ExpressionType } {
  const typed = (column: RuleColumn) => { const { expression } = literalTypes[column.type]; return hit === 'collect' ? listOf(expression) : expression }
  return Object.fromEntries(outputs.map((column) => [column.name, typed(column)]))
}

const fits = ({ inputs: columns }: RuleTable, { when }: RuleRow, inputs: RuleInputs) =>
  columns.every((column) => { const condition = when[column.name]; return condition === undefined || meets(condition, column.type, inputs[column.name] ?? null) })

export function meets(condition: RuleCondition, type: RuleColumn['type'], value: ExpressionValue): boolean {
  if (value === null) return condition.empty === true
  const { read, order } = literalTypes[type]
  const compare = (written: string) => order?.(value as never, read(written) as never) ?? NaN
  const equal = (written: string) => same(value, read(written) ?? null)
  return Object.entries(condition).every(([op, operand]) => operators[op as keyof RuleCondition](operand as never, compare, equal))
}

type Operator<K extends keyof RuleCondition> = (operand: NonNullable<RuleCondition[K]>, compare: (written: string) => number, equal: (written: string) => boolean) => boolean
const operators: { [K in keyof Required<RuleCondition>]: Operator<K> } = {
  eq: (operand, _, equal) => equal(operand),
  ne: (operand, _, equal) => !equal(operand),
  gt: (operand, compare) => compare(operand) > 0,
  gte: (operand, compare) => compare(operand) >= 0,
  lt: (operand, compare) => compare(operand) < 0,
  lte: (operand, compare) => compare(operand) <= 0,
  in: (operand, _, equal) => operand.some(equal),
  empty: (operand) => !operand,
}

interface LiteralType<V extends ExpressionValue = ExpressionValue> {
  expression: ExpressionType
  /** The value that is written so; undefined when it is none. */
  read(written: string): V | undefined
  /** Below zero: the first is smaller. Types without an order cannot be compared but for equality. */
  order?(a: V, b: V): number
}
type Exact = InstanceType<typeof Exact>
const exact: LiteralType<Exact> = { expression: decimal, read: (written) => (/^-?\d{1,30}(\.\d{1,15})?$/.test(written) ? new Exact(written) : undefined), order: (a, b) => a.cmp(b) }
const day: LiteralType<string> = { expression: date, read: (written) => (isDay(written) ? written : undefined), order: (a, b) => (a < b ? -1 : Number(a > b)) }
export const literalTypes: { [T in RuleColumn['type']]: LiteralType<never> | LiteralType } = {
  decimal: exact as LiteralType<never>,
  date: day as LiteralType<never>,
  text: { expression: text, read: (written) => written },
  boolean: { expression: boolean, read: (written) => ({ true: true, false: false })[written] },
}

export function isDay(written: string): boolean {
  const time = Date.parse(`${written}T00:00:00Z`)
  return /^\d{4}-\d{2}-\d{2}$/.test(written) && !Number.isNaN(time) && new Date(time).toISOString().startsWith(written)
}
