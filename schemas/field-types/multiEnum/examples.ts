import type { FieldExamples } from '../field-type'

export const examples: FieldExamples[] = [{
  field: { options: [{ value: 'a', label: { en: 'A', zh: '甲' } }, { value: 'b', label: { en: 'B', zh: '乙' } }, { value: 'ab', label: { en: 'AB', zh: '甲乙' } }] },
  valid: [{ input: ['a'] }, { input: ['b', 'a'] }, { input: ['ab'] }, { input: [], wire: null }],
  invalid: [{ input: ['a', 'c'], code: 'notAnOption' }, { input: ['a', 'a'], code: 'duplicateItems' }, { input: 'a', code: 'wrongType' }, { input: { 0: 'a' }, code: 'wrongType' }],
  filters: [
    { op: 'contains', value: 'a', matches: [0, 1] },
    { op: 'contains', value: 'ab', matches: [2] },
    { op: 'empty', matches: [3, 4] },
    { op: 'notEmpty', matches: [0, 1, 2] },
  ],
}]
