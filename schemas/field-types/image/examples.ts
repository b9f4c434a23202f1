import type { FieldExamples } from '../field-type'

/** Files of the suite, see `file`. */
export const examples: FieldExamples[] = [{
  field: {},
  valid: [{ input: ['@photo'] }, { input: ['@stamp', '@photo'] }, { input: [], wire: null }],
  invalid: [{ input: ['@letter'], code: 'badFileType' }, { input: ['@photo', '@scan'], code: 'badFileType' }, { input: ['@foreign'], code: 'noSuchRecord' }, { input: '@photo', code: 'wrongType' }, { input: [{ id: '@photo' }], code: 'wrongType' }],
  filters: [{ op: 'empty', matches: [2, 3] }, { op: 'notEmpty', matches: [0, 1] }],
}]
