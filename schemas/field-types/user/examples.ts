import type { FieldExamples } from '../field-type'

/** `@ann` and `@ben` stand for people of the suite; ann is the one who asks. */
export const examples: FieldExamples[] = [{
  field: {},
  valid: [{ input: '@ann' }, { input: '@ben' }],
  invalid: [{ input: 'ann', code: 'noSuchRecord' }, { input: '@sales', code: 'noSuchRecord' }, { input: 1, code: 'wrongType' }, { input: ['@ann'], code: 'wrongType' }],
  filters: [
    { op: 'me', matches: [0] },
    { op: 'eq', value: '@ben', matches: [1] },
    { op: 'ne', value: '@ben', matches: [0, 2] },
    { op: 'in', value: ['@ann', '@ben'], matches: [0, 1] },
    { op: 'nin', value: ['@ann'], matches: [1, 2] },
    { op: 'empty', matches: [2] },
    { op: 'notEmpty', matches: [0, 1] },
  ],
}]
