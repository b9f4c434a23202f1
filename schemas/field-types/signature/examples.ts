import type { FieldExamples } from '../field-type'

/** Files of the suite, see `file`. */
export const examples: FieldExamples[] = [{
  field: {},
  valid: [{ input: '@photo' }, { input: '@stamp' }],
  invalid: [{ input: '@letter', code: 'badFileType' }, { input: '@foreign', code: 'noSuchRecord' }, { input: 'nothing', code: 'noSuchRecord' }, { input: ['@photo'], code: 'wrongType' }, { input: '', code: 'required' }],
  filters: [{ op: 'empty', matches: [2] }, { op: 'notEmpty', matches: [0, 1] }],
}]
