import type { FieldExamples } from '../field-type'

/** `@sales` and `@finance` stand for departments of the suite. */
export const examples: FieldExamples[] = [{
  field: { entity: 'department' },
  valid: [{ input: ['@sales'] }, { input: ['@finance', '@sales'] }, { input: [], wire: null }],
  invalid: [{ input: ['@sales', 'nothing'], code: 'noSuchRecord' }, { input: ['@sales', '@sales'], code: 'duplicateItems' }, { input: '@sales', code: 'wrongType' }, { input: [5], code: 'wrongType' }],
  filters: [
    { op: 'contains', value: '@sales', matches: [0, 1] },
    { op: 'contains', value: '@finance', matches: [1] },
    { op: 'contains', value: 'nothing', matches: [] },
    { op: 'empty', matches: [2, 3] },
    { op: 'notEmpty', matches: [0, 1] },
  ],
}]
