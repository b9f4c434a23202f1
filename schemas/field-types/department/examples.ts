import type { FieldExamples } from '../field-type'

/** `@sales` and `@finance` stand for departments of the suite; the one who asks is of sales. */
export const examples: FieldExamples[] = [{
  field: {},
  valid: [{ input: '@sales' }, { input: '@finance' }],
  invalid: [{ input: 'sales', code: 'noSuchRecord' }, { input: '@ann', code: 'noSuchRecord' }, { input: 1, code: 'wrongType' }, { input: ['@sales'], code: 'wrongType' }],
  filters: [
    { op: 'myDepartment', matches: [0] },
    { op: 'eq', value: '@finance', matches: [1] },
    { op: 'ne', value: '@finance', matches: [0, 2] },
    { op: 'in', value: ['@sales', '@finance'], matches: [0, 1] },
    { op: 'nin', value: ['@sales'], matches: [1, 2] },
    { op: 'empty', matches: [2] },
    { op: 'notEmpty', matches: [0, 1] },
  ],
}]
