import type { FieldExamples } from '../field-type'

export const examples: FieldExamples[] = [
  {
    field: { maxLength: 12 },
    valid: [{ input: '100%' }, { input: '  A_b ', wire: 'A_b' }, { input: 'abc' }, { input: '磁性材料 NdFeB' }, { input: ' ', wire: null }],
    invalid: [
      { input: 'thirteen long', code: 'tooLong' }, { input: 5, code: 'wrongType' }, { input: true, code: 'wrongType' }, { input: ['a'], code: 'wrongType' },
      { input: {}, code: 'wrongType' }, { input: 'a\nb', code: 'badText' }, { input: 'a\u0000b', code: 'badText' }, { input: 'half \ud83d', code: 'badText' },
    ],
    filters: [
      { op: 'eq', value: 'abc', matches: [2] },
      { op: 'eq', value: ' abc ', matches: [2] },
      { op: 'ne', value: 'abc', matches: [0, 1, 3, 4, 5] },
      { op: 'in', value: ['abc', '100%', 'nowhere'], matches: [0, 2] },
      { op: 'in', value: [], matches: [] },
      { op: 'nin', value: ['abc', '100%'], matches: [1, 3, 4, 5] },
      { op: 'contains', value: '%', matches: [0] },
      { op: 'contains', value: '_', matches: [1] },
      { op: 'contains', value: 'B', matches: [1, 2, 3] },
      { op: 'contains', value: '性材', matches: [3] },
      { op: 'startsWith', value: 'a', matches: [1, 2] },
      { op: 'startsWith', value: '磁', matches: [3] },
      { op: 'empty', matches: [4, 5] },
      { op: 'notEmpty', matches: [0, 1, 2, 3] },
    ],
  },
  { field: { minLength: 3 }, valid: [{ input: 'abc' }, { input: 'abcd' }], invalid: [{ input: 'ab', code: 'tooShort' }], filters: [{ op: 'contains', value: 'd', matches: [1] }] },
]
