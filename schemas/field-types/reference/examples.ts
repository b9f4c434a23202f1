import type { FieldExamples } from '../field-type'

/** `@sales` and `@finance` stand for departments of the suite; the person who asks belongs to the first. */
export const examples: FieldExamples[] = [{
  field: { entity: 'department' },
  valid: [{ input: '@sales' }, { input: '@finance' }],
  invalid: [{ input: 'nothing', code: 'noSuchRecord' }, { input: '@ann', code: 'noSuchRecord' }, { input: 5, code: 'wrongType' }, { input: { id: '@sales' }, code: 'wrongType' }],
  filters: [
    { op: 'eq', value: '@finance', matches: [1] },
    { op: 'eq', value: 'nothing', matches: [] },
    { op: 'ne', value: '@finance', matches: [0, 2] },
    { op: 'in', value: ['@sales', 'nothing'], matches: [0] },
    { op: 'nin', value: ['@sales'], matches: [1, 2] },
    { op: 'myDepartment', matches: [0] },
    { op: 'empty', matches: [2] },
    { op: 'notEmpty', matches: [0, 1] },
  ],
}]
