import type { FieldExamples } from '../field-type'

export const examples: FieldExamples[] = [{
  field: { suggestions: ['VIP', '老客户'] },
  valid: [{ input: ['VIP'] }, { input: [' 老客户 ', 'vip', 'VIP', ''], wire: ['老客户', 'vip'] }, { input: ['low  price，risky'], wire: ['low price', 'risky'] }, { input: [' '], wire: null }],
  invalid: [
    { input: ['x'.repeat(41)], code: 'tooLong' }, { input: ['a\u0000b'], code: 'badText' }, { input: 'VIP', code: 'wrongType' }, { input: [5], code: 'wrongType' }, { input: { 0: 'a' }, code: 'wrongType' },
    { input: Array.from({ length: 51 }, (_, i) => `t${i}`), code: 'tooMany' },
  ],
  cells: [{ text: 'VIP, 老客户；risky', wire: ['VIP', '老客户', 'risky'] }],
  filters: [
    { op: 'contains', value: 'VIP', matches: [0] },
    { op: 'contains', value: ' 老客户 ', matches: [1] },
    { op: 'contains', value: 'low', matches: [] },
    { op: 'empty', matches: [3, 4] },
    { op: 'notEmpty', matches: [0, 1, 2] },
  ],
}]
