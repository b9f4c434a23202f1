import type { FieldExamples } from '../field-type'

export const examples: FieldExamples[] = [
  {
    field: { currency: 'CNY', min: '0' },
    valid: [{ input: '0', wire: '0.00' }, { input: '0.01' }, { input: '99.9', wire: '99.90' }, { input: 100, wire: '100.00' }, { input: '90071992547409.91' }],
    invalid: [
      { input: '-0.01', code: 'tooSmall' }, { input: '90071992547409.92', code: 'tooLarge' }, { input: '999999999999999999', code: 'badFormat' }, { input: '1.005', code: 'tooPrecise' }, { input: 1.005, code: 'tooPrecise' },
      { input: '¥5', code: 'badFormat' }, { input: '1 000', code: 'badFormat' }, { input: '', code: 'badFormat' }, { input: false, code: 'wrongType' }, { input: { amount: '1' }, code: 'wrongType' },
    ],
    filters: [
      { op: 'eq', value: '99.90', matches: [2] },
      { op: 'ne', value: 99.9, matches: [0, 1, 3, 4, 5] },
      { op: 'lt', value: '99.90', matches: [0, 1] },
      { op: 'lt', value: '-5', matches: [] },
      { op: 'lte', value: '99.9', matches: [0, 1, 2] },
      { op: 'gt', value: '99.90', matches: [3, 4] },
      { op: 'gte', value: '90071992547409.91', matches: [4] },
      { op: 'in', value: ['0.01', '100'], matches: [1, 3] },
      { op: 'nin', value: ['0.01', '100'], matches: [0, 2, 4, 5] },
      { op: 'between', value: ['0.01', '100.00'], matches: [1, 2, 3] },
      { op: 'empty', matches: [5] },
      { op: 'notEmpty', matches: [0, 1, 2, 3, 4] },
    ],
  },
  {
    // A unit price.
    field: { scale: 6, max: '1000000' },
    valid: [{ input: '-12.345678' }, { input: '0.000001' }, { input: '1000000', wire: '1000000.000000' }],
    invalid: [{ input: '0.0000001', code: 'tooPrecise' }, { input: '1000000.000001', code: 'tooLarge' }],
    filters: [{ op: 'lte', value: '0.000001', matches: [0, 1] }],
  },
  {
    // Yen have no cents.
    field: { scale: 0, currency: 'JPY' },
    valid: [{ input: '-1' }, { input: 0, wire: '0' }, { input: '123456789012345' }],
    invalid: [{ input: '0.5', code: 'tooPrecise' }],
    filters: [{ op: 'between', value: ['-1', '0'], matches: [0, 1] }],
  },
]
