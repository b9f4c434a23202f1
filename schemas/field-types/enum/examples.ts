import type { FieldExamples } from '../field-type'

export const examples: FieldExamples[] = [{
  field: { options: [{ value: 'draft', label: { en: 'Draft', zh: '草稿' } }, { value: 'signed', label: { en: 'Signed', zh: '已签订' } }, { value: 'void', label: { en: 'Void', zh: '作废' } }] },
  valid: [{ input: 'signed' }, { input: 'draft' }],
  invalid: [{ input: 'lost', code: 'notAnOption' }, { input: 'Draft', code: 'notAnOption' }, { input: '', code: 'notAnOption' }, { input: 'constructor', code: 'notAnOption' }],
  filters: [
    { op: 'eq', value: 'draft', matches: [1] },
    { op: 'eq', value: 'void', matches: [] },
    { op: 'ne', value: 'draft', matches: [0, 2] },
    { op: 'in', value: ['draft', 'void'], matches: [1] },
    { op: 'nin', value: ['draft', 'void'], matches: [0, 2] },
    { op: 'empty', matches: [2] },
    { op: 'notEmpty', matches: [0, 1] },
  ],
}]
