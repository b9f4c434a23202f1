import type { FieldExamples } from '../field-type'

/** `places` is a dictionary of the suite: zj, hz below it, and sh, which is no longer offered. */
export const examples: FieldExamples[] = [{
  field: { dictionary: 'places' },
  valid: [{ input: 'zj' }, { input: 'hz' }],
  invalid: [{ input: 'sh', code: 'optionDisabled' }, { input: 'bj', code: 'notAnOption' }, { input: 'ZJ', code: 'notAnOption' }, { input: '', code: 'notAnOption' }],
  cells: [{ text: 'hz', wire: 'hz' }, { text: '浙江', wire: 'zj' }, { text: 'Hangzhou', wire: 'hz' }],
  filters: [
    { op: 'eq', value: 'hz', matches: [1] },
    { op: 'eq', value: 'sh', matches: [] },
    { op: 'ne', value: 'hz', matches: [0, 2] },
    { op: 'in', value: ['zj', 'sh'], matches: [0] },
    { op: 'nin', value: ['zj'], matches: [1, 2] },
    { op: 'empty', matches: [2] },
    { op: 'notEmpty', matches: [0, 1] },
  ],
}]
