import type { FieldExamples } from '../field-type'

export const examples: FieldExamples[] = [{
  field: { maxLength: 30 },
  valid: [{ input: 'first\r\nsecond\rthird', wire: 'first\nsecond\nthird' }, { input: '  kept\twith its spaces ' }, { input: '第一行\n第二行' }, { input: '', wire: null }],
  invalid: [{ input: 'x'.repeat(31), code: 'tooLong' }, { input: 1, code: 'wrongType' }, { input: 'bell \u0007', code: 'badText' }, { input: '\udc00 half', code: 'badText' }],
  filters: [
    { op: 'contains', value: 'SECOND\n', matches: [0] },
    { op: 'contains', value: '二行', matches: [2] },
    { op: 'contains', value: 'absent', matches: [] },
    { op: 'empty', matches: [3, 4] },
    { op: 'notEmpty', matches: [0, 1, 2] },
  ],
}]
