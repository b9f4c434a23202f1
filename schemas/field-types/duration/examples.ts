import type { FieldExamples } from '../field-type'

export const examples: FieldExamples[] = [
  {
    field: {},
    valid: [{ input: 0 }, { input: '', wire: null }, { input: '45', wire: 45 }, { input: '1h30', wire: 90 }, { input: 'PT2H', wire: 120 }, { input: ' １天 2小时 5分钟 ', wire: 1565 }, { input: '2天', wire: 2880 }],
    invalid: [
      { input: -1, code: 'tooSmall' }, { input: 1e9, code: 'tooLarge' }, { input: 1.5, code: 'wrongType' }, { input: 'soon', code: 'badNotation' }, { input: 'P', code: 'badNotation' }, { input: '1.001h', code: 'badNotation' },
      { input: '-5m', code: 'badNotation' }, { input: '9'.repeat(30), code: 'tooLarge' }, { input: true, code: 'wrongType' }, { input: [90], code: 'wrongType' }, { input: { hours: 1 }, code: 'wrongType' },
    ],
    filters: [
      { op: 'eq', value: '1.5h', matches: [3] },
      { op: 'ne', value: 90, matches: [0, 1, 2, 4, 5, 6, 7] },
      { op: 'lt', value: '1h30', matches: [0, 2] },
      { op: 'lte', value: 90, matches: [0, 2, 3] },
      { op: 'gt', value: '1d', matches: [5, 6] },
      { op: 'gte', value: '2:00', matches: [4, 5, 6] },
      { op: 'in', value: [45, '2d'], matches: [2, 6] },
      { op: 'nin', value: [45, '2d'], matches: [0, 1, 3, 4, 5, 7] },
      { op: 'between', value: ['1h', '2h'], matches: [3, 4] },
      { op: 'empty', matches: [1, 7] },
      { op: 'notEmpty', matches: [0, 2, 3, 4, 5, 6] },
    ],
  },
  { field: { hoursPerDay: 8 }, valid: [{ input: '1d', wire: 480 }, { input: 'P1DT4H', wire: 720 }], invalid: [], filters: [{ op: 'gt', value: '1天', matches: [1] }] },
]
