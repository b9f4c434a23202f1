import type { FieldExamples } from '../field-type'

/** A computed type: `input` is what the rest of the record says; the suite's records have a decimal `source`. */
export const examples: FieldExamples[] = [
  {
    field: { formula: 'source / 3', result: { type: 'money', scale: 2 } },
    valid: [{ input: { source: '-1' }, wire: '-0.33' }, { input: { source: '0' }, wire: '0.00' }, { input: { source: '2' }, wire: '0.67' }],
    invalid: [{ input: '0.67', code: 'readOnly' }],
    filters: [
      { op: 'eq', value: '0.67', matches: [2] },
      { op: 'ne', value: '0.67', matches: [0, 1, 3] },
      { op: 'lt', value: 0, matches: [0] },
      { op: 'lte', value: '0', matches: [0, 1] },
      { op: 'gt', value: '0', matches: [2] },
      { op: 'gte', value: '-0.33', matches: [0, 1, 2] },
      { op: 'in', value: ['0.00', '5'], matches: [1] },
      { op: 'nin', value: ['0.00', '5'], matches: [0, 2, 3] },
      { op: 'between', value: ['0', '1'], matches: [1, 2] },
      { op: 'empty', matches: [3] },
      { op: 'notEmpty', matches: [0, 1, 2] },
    ],
  },
  {
    field: { formula: "source > 1 ? 'many' : source > 0 ? 'few' : null", result: { type: 'text' } },
    valid: [{ input: { source: '1' }, wire: 'few' }, { input: { source: '1.01' }, wire: 'many' }],
    invalid: [{ input: 'few', code: 'readOnly' }],
    filters: [{ op: 'contains', value: 'AN', matches: [1] }, { op: 'empty', matches: [2] }],
  },
  {
    field: { formula: 'source == null', result: { type: 'boolean' } },
    valid: [{ input: { source: '0' }, wire: false }, { input: { source: null }, wire: true }],
    invalid: [{ input: true, code: 'readOnly' }],
    filters: [{ op: 'eq', value: true, matches: [1, 2] }],
  },
]
