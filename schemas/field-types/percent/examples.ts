import type { FieldExamples } from '../field-type'

export const examples: FieldExamples[] = [{
  field: { min: '0', max: '100' },
  valid: [{ input: 0, wire: '0.00' }, { input: '9.5', wire: '9.50' }, { input: '12.34' }, { input: '100', wire: '100.00' }],
  invalid: [{ input: '100.01', code: 'tooLarge' }, { input: -1, code: 'tooSmall' }, { input: '12.345', code: 'tooPrecise' }, { input: '12%', code: 'badFormat' }, { input: [], code: 'wrongType' }],
  filters: [
    { op: 'eq', value: '9.5', matches: [1] },
    { op: 'ne', value: '9.5', matches: [0, 2, 3, 4] },
    { op: 'lt', value: 10, matches: [0, 1] },
    { op: 'lte', value: '12.34', matches: [0, 1, 2] },
    { op: 'gt', value: '9.5', matches: [2, 3] },
    { op: 'gte', value: '9.5', matches: [1, 2, 3] },
    { op: 'in', value: ['0', '100'], matches: [0, 3] },
    { op: 'nin', value: ['0', '100'], matches: [1, 2, 4] },
    { op: 'between', value: ['9', '13'], matches: [1, 2] },
    { op: 'empty', matches: [4] },
    { op: 'notEmpty', matches: [0, 1, 2, 3] },
  ],
}]
