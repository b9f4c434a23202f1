import type { FieldExamples } from '../field-type'

/** `withinDays` counts from the suite's today, 2026-06-15. */
export const examples: FieldExamples[] = [{
  field: { min: '2000-01-01', max: '2099-12-31' },
  valid: [{ input: '2024-02-29' }, { input: '2026-06-08' }, { input: '2026-06-15' }, { input: '2026-06-22' }, { input: '2026-06-23' }],
  invalid: [
    { input: '1999-12-31', code: 'tooSmall' }, { input: '2100-01-01', code: 'tooLarge' }, { input: '2023-02-29', code: 'badDate' }, { input: '2026-13-01', code: 'badDate' }, { input: '2026-1-1', code: 'badDate' },
    { input: '2026-06-15T00:00:00Z', code: 'badDate' }, { input: 'tomorrow', code: 'badDate' }, { input: '', code: 'badDate' }, { input: 20260615, code: 'wrongType' },
  ],
  filters: [
    { op: 'eq', value: '2026-06-15', matches: [2] },
    { op: 'ne', value: '2026-06-15', matches: [0, 1, 3, 4, 5] },
    { op: 'lt', value: '2026-06-15', matches: [0, 1] },
    { op: 'lte', value: '2026-06-15', matches: [0, 1, 2] },
    { op: 'gt', value: '2026-06-15', matches: [3, 4] },
    { op: 'gte', value: '1900-01-01', matches: [0, 1, 2, 3, 4] },
    { op: 'in', value: ['2024-02-29', '2026-06-23'], matches: [0, 4] },
    { op: 'nin', value: ['2024-02-29', '2026-06-23'], matches: [1, 2, 3, 5] },
    { op: 'between', value: ['2026-06-08', '2026-06-22'], matches: [1, 2, 3] },
    { op: 'withinDays', value: 7, matches: [2, 3] },
    { op: 'withinDays', value: -7, matches: [1, 2] },
    { op: 'withinDays', value: 0, matches: [2] },
    { op: 'empty', matches: [5] },
    { op: 'notEmpty', matches: [0, 1, 2, 3, 4] },
  ],
}]
