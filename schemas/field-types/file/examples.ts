import type { FieldExamples } from '../field-type'

/** `@letter` (text), `@photo` (PNG) and `@scan` (PDF) stand for files that ann uploaded, `@foreign` for one of ben's. */
export const examples: FieldExamples[] = [{
  field: { max: 2, accept: ['text', 'image'] },
  valid: [{ input: ['@letter'] }, { input: ['@photo', '@letter'] }, { input: [], wire: null }],
  invalid: [
    { input: ['@scan'], code: 'badFileType' }, { input: ['@foreign'], code: 'noSuchRecord' }, { input: ['../../etc/passwd'], code: 'noSuchRecord' }, { input: ['@ann'], code: 'noSuchRecord' },
    { input: ['@letter', '@letter'], code: 'duplicateItems' }, { input: ['@letter', '@photo', '@scan'], code: 'tooMany' }, { input: '@letter', code: 'wrongType' }, { input: [5], code: 'wrongType' }, { input: [''], code: 'required' },
  ],
  filters: [{ op: 'empty', matches: [2, 3] }, { op: 'notEmpty', matches: [0, 1] }],
}]
