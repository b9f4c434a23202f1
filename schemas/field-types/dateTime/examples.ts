import type { FieldExamples } from '../field-type'

/** `withinDays` counts from the suite's today, 2026-06-15. */
export const examples: FieldExamples[] = [{
  field: {},
  valid: [
    { input: '2026-06-08T00:00:00Z', wire: '2026-06-08T00:00:00.000Z' },
    { input: '2026-06-14T23:59:59.999Z' },
    { input: '2026-06-15T08:00:00+08:00', wire: '2026-06-15T00:00:00.000Z' },
    { input: '2026-06-22T23:59:59Z', wire: '2026-06-22T23:59:59.000Z' },
    { input: '2026-06-22T19:00:00.5-05:00', wire: '2026-06-23T00:00:00.500Z' },
  ],
  invalid: [
    { input: '2026-06-15', code: 'badDate' }, { input: '2026-06-15T10:00:00', code: 'badDate' }, { input: '2026-02-30T00:00:00Z', code: 'badDate' }, { input: '2026-06-15T25:00:00Z', code: 'badDate' },
    { input: '2026-06-30T23:59:60Z', code: 'badDate' }, { input: 'now', code: 'badDate' }, { input: 1781481600000, code: 'wrongType' },
  ],
  filters: [
    { op: 'eq', value: '2026-06-15T02:00:00+02:00', matches: [2] },
    { op: 'ne', value: '2026-06-15T00:00:00Z', matches: [0, 1, 3, 4, 5] },
    { op: 'lt', value: '2026-06-15T00:00:00Z', matches: [0, 1] },
    { op: 'lte', value: '2026-06-15T00:00:00Z', matches: [0, 1, 2] },
    { op: 'gt', value: '2026-06-15T00:00:00Z', matches: [3, 4] },
    { op: 'gte', value: '2026-06-15T00:00:00Z', matches: [2, 3, 4] },
    { op: 'in', value: ['2026-06-15T00:00:00Z', '2026-06-08T00:00:00Z'], matches: [0, 2] },
    { op: 'nin', value: ['2026-06-15T00:00:00Z', '2026-06-08T00:00:00Z'], matches: [1, 3, 4, 5] },
    { op: 'between', value: ['2026-06-15T00:00:00Z', '2026-06-22T23:59:59Z'], matches: [2, 3] },
    { op: 'withinDays', value: 7, matches: [2, 3] },
    { op: 'withinDays', value: -7, matches: [0, 1, 2] },
    { op: 'empty', matches: [5] },
    { op: 'notEmpty', matches: [0, 1, 2, 3, 4] },
  ],
}]
