import type { FieldExamples } from '../field-type'

export const examples: FieldExamples[] = [
  {
    field: { min: -10, max: 1000 },
    valid: [{ input: -10 }, { input: 0 }, { input: 9 }, { input: 10 }, { input: 1000 }],
    invalid: [
      { input: -11, code: 'tooSmall' }, { input: 1001, code: 'tooLarge' }, { input: 1.5, code: 'wrongType' }, { input: '5', code: 'wrongType' },
      { input: true, code: 'wrongType' }, { input: [1], code: 'wrongType' },
    ],
    cells: [{ text: '12', wire: 12 }, { text: '-3', wire: -3 }],
    filters: [
      { op: 'eq', value: 9, matches: [2] },
      { op: 'eq', value: 2000, matches: [] },
      { op: 'ne', value: 9, matches: [0, 1, 3, 4, 5] },
      { op: 'lt', value: 9, matches: [0, 1] },
      { op: 'lte', value: 9, matches: [0, 1, 2] },
      { op: 'gt', value: 9, matches: [3, 4] },
      { op: 'gte', value: 9, matches: [2, 3, 4] },
      { op: 'in', value: [0, 10, 77], matches: [1, 3] },
      { op: 'nin', value: [0, 10], matches: [0, 2, 4, 5] },
      { op: 'between', value: [0, 10], matches: [1, 2, 3] },
      { op: 'empty', matches: [5] },
      { op: 'notEmpty', matches: [0, 1, 2, 3, 4] },
    ],
  },
  {
    field: {},
    valid: [{ input: Number.MIN_SAFE_INTEGER }, { input: Number.MAX_SAFE_INTEGER - 1 }, { input: Number.MAX_SAFE_INTEGER }],
    invalid: [{ input: 2 ** 53, code: 'tooLarge' }, { input: -(2 ** 53), code: 'tooSmall' }, { input: 1e300, code: 'tooLarge' }],
    filters: [{ op: 'gt', value: Number.MAX_SAFE_INTEGER - 1, matches: [2] }, { op: 'lt', value: 0, matches: [0] }],
  },
]
