import type { FieldExamples } from '../field-type'

export const examples: FieldExamples[] = [
  {
    field: { scale: 3 },
    valid: [{ input: '-1.5', wire: '-1.500' }, { input: 0, wire: '0.000' }, { input: '0.1', wire: '0.100' }, { input: 9.25, wire: '9.250' }, { input: '10', wire: '10.000' }, { input: '9007199254740.991' }],
    invalid: [
      { input: '1.2345', code: 'tooPrecise' }, { input: 0.1 + 0.2, code: 'badFormat' }, { input: '9007199254740.992', code: 'tooLarge' }, { input: '-9007199254740.992', code: 'tooSmall' },
      { input: '1e5', code: 'badFormat' }, { input: 1e21, code: 'badFormat' }, { input: '1,000', code: 'badFormat' }, { input: ' 1', code: 'badFormat' }, { input: '', code: 'badFormat' },
      { input: 'NaN', code: 'badFormat' }, { input: '.5', code: 'badFormat' }, { input: true, code: 'wrongType' }, { input: ['1'], code: 'wrongType' },
    ],
    filters: [
      { op: 'eq', value: '9.25', matches: [3] },
      { op: 'eq', value: 9.25, matches: [3] },
      { op: 'ne', value: '9.25', matches: [0, 1, 2, 4, 5, 6] },
      { op: 'lt', value: '9.25', matches: [0, 1, 2] },
      { op: 'lte', value: '9.25', matches: [0, 1, 2, 3] },
      { op: 'gt', value: '9.25', matches: [4, 5] },
      { op: 'gte', value: '9007199254740.991', matches: [5] },
      { op: 'in', value: ['0', 10], matches: [1, 4] },
      { op: 'nin', value: ['0', 10], matches: [0, 2, 3, 5, 6] },
      { op: 'between', value: ['-1.5', '0.1'], matches: [0, 1, 2] },
      { op: 'empty', matches: [6] },
      { op: 'notEmpty', matches: [0, 1, 2, 3, 4, 5] },
    ],
  },
  {
    field: { scale: 0, min: '-5', max: '5' },
    valid: [{ input: '-5' }, { input: '-0', wire: '0' }, { input: 5, wire: '5' }],
    invalid: [{ input: '-6', code: 'tooSmall' }, { input: '6', code: 'tooLarge' }, { input: '0.5', code: 'tooPrecise' }],
    filters: [{ op: 'gt', value: '0', matches: [2] }, { op: 'lte', value: '100', matches: [0, 1, 2] }],
  },
]
