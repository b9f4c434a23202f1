import type { ExpressionType } from './types'

const texts = new Set(['text', 'date', 'dateTime', 'reference'])

/** Whether a value of one type may stand where another is expected. Dates, moments and ids may meet text: they are written as text. */
export function compatible(given: ExpressionType, expected: ExpressionType): boolean {
  if (given.kind === 'any' || expected.kind === 'any' || given.kind === 'null') return true
  if (given.kind === 'list' && expected.kind === 'list') return compatible(given.of, expected.of)
  if (given.kind === 'text' || expected.kind === 'text') return texts.has(given.kind) && texts.has(expected.kind)
  if (given.kind === 'reference' && expected.kind === 'reference') return given.entity === expected.entity
  if (texts.has(given.kind) && texts.has(expected.kind)) return given.kind !== 'reference' && expected.kind !== 'reference'
  return given.kind === expected.kind
}

export function describe(type: ExpressionType): string {
  if (type.kind === 'list') return `list of ${describe(type.of)}`
  if (type.kind === 'reference') return type.entity
  return type.kind === 'decimal' ? 'number' : type.kind
}
