import type { FieldExamples } from '../field-type'

export const examples: FieldExamples[] = [
  {
    field: {},
    valid: [{ input: '00:00' }, { input: '9:05', wire: '09:05' }, { input: '９：30', wire: '09:30' }, { input: '下午1点', wire: '13:00' }, { input: '11:59 pm', wire: '23:59' }, { input: '', wire: null }],
    invalid: [
      { input: '24:00', code: 'badNotation' }, { input: '9:60', code: 'badNotation' }, { input: '9', code: 'badNotation' }, { input: '09:30:15', code: 'badNotation' }, { input: 'noon', code: 'badNotation' },
      { input: '2026-06-15T09:30:00Z', code: 'badNotation' }, { input: 930, code: 'wrongType' }, { input: ['09:30'], code: 'wrongType' },
    ],
    filters: [
      { op: 'eq', value: '9:05', matches: [1] },
      { op: 'ne', value: '09:05', matches: [0, 2, 3, 4, 5, 6] },
      { op: 'lt', value: '09:30', matches: [0, 1] },
      { op: 'lte', value: '9:30', matches: [0, 1, 2] },
      { op: 'gt', value: '13:00', matches: [4] },
      { op: 'gte', value: '1:00 pm', matches: [3, 4] },
      { op: 'in', value: ['00:00', '13:00'], matches: [0, 3] },
      { op: 'nin', value: ['00:00', '13:00'], matches: [1, 2, 4, 5, 6] },
      { op: 'between', value: ['09:00', '17:00'], matches: [1, 2, 3] },
      { op: 'empty', matches: [5, 6] },
      { op: 'notEmpty', matches: [0, 1, 2, 3, 4] },
    ],
  },
  { field: { seconds: true }, valid: [{ input: '9:30', wire: '09:30:00' }, { input: '09:30:15' }], invalid: [{ input: '09:30:60', code: 'badNotation' }], filters: [{ op: 'gt', value: '09:30', matches: [1] }] },
]
