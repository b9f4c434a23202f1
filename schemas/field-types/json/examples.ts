import type { FieldExamples } from '../field-type'

const deep = (levels: number): unknown => (levels === 0 ? 1 : [deep(levels - 1)])

export const examples: FieldExamples[] = [
  {
    field: {},
    valid: [
      { input: { a: 1, b: [true, null, 'x'], 磁: { $ref: '..' } } }, { input: [1, 'two'] }, { input: ' {"a": {"b.c": "\\u4e2d"}} ', wire: { a: { 'b.c': '中' } } }, { input: 0 }, { input: false },
      { input: {}, wire: null }, { input: [], wire: null }, { input: '', wire: null }, { input: 'null', wire: null },
    ],
    invalid: [
      { input: 'plain text', code: 'badNotation' }, { input: '{"a":', code: 'badNotation' }, { input: '"lone"', code: 'badNotation' }, { input: deep(21), code: 'tooDeep' },
      { input: { a: 'x'.repeat(20_000) }, code: 'tooLong' },
    ],
    filters: [{ op: 'empty', matches: [5, 6, 7, 8, 9] }, { op: 'notEmpty', matches: [0, 1, 2, 3, 4] }],
  },
  { field: { maxLength: 10 }, valid: [{ input: { a: 1 } }, { input: deep(4) }], invalid: [{ input: [1000, 2000], code: 'tooLong' }], filters: [{ op: 'notEmpty', matches: [0, 1] }] },
]
