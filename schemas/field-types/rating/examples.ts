import type { FieldExamples } from '../field-type'

export const examples: FieldExamples[] = [
  {
    field: {},
    valid: [{ input: 1 }, { input: 3 }, { input: 5 }],
    invalid: [{ input: 0, code: 'tooSmall' }, { input: 6, code: 'tooLarge' }, { input: 2.5, code: 'wrongType' }, { input: '3', code: 'wrongType' }, { input: true, code: 'wrongType' }, { input: [3], code: 'wrongType' }],
    cells: [{ text: '4', wire: 4 }],
    filters: [
      { op: 'eq', value: 3, matches: [1] },
      { op: 'ne', value: 3, matches: [0, 2, 3] },
      { op: 'lt', value: 3, matches: [0] },
      { op: 'lte', value: 3, matches: [0, 1] },
      { op: 'gt', value: 3, matches: [2] },
      { op: 'gte', value: 3, matches: [1, 2] },
      { op: 'in', value: [1, 5], matches: [0, 2] },
      { op: 'nin', value: [1, 5], matches: [1, 3] },
      { op: 'between', value: [2, 5], matches: [1, 2] },
      { op: 'empty', matches: [3] },
      { op: 'notEmpty', matches: [0, 1, 2] },
    ],
  },
  { field: { max: 10 }, valid: [{ input: 9 }, { input: 10 }], invalid: [{ input: 11, code: 'tooLarge' }], filters: [{ op: 'gt', value: 9, matches: [1] }] },
]
