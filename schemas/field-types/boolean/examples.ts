import type { FieldExamples } from '../field-type'

export const examples: FieldExamples[] = [{
  field: {},
  valid: [{ input: false }, { input: true }],
  invalid: [{ input: 'true', code: 'wrongType' }, { input: 1, code: 'wrongType' }, { input: '', code: 'wrongType' }, { input: [true], code: 'wrongType' }],
  cells: [{ text: 'yes', wire: true }, { text: '否', wire: false }],
    filters: [
    { op: 'eq', value: true, matches: [1] },
    { op: 'eq', value: false, matches: [0] },
    { op: 'ne', value: true, matches: [0, 2] },
    { op: 'empty', matches: [2] },
    { op: 'notEmpty', matches: [0, 1] },
  ],
}]
