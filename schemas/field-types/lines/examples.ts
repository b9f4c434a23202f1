import type { FieldExamples } from '../field-type'

const label = { en: 'Column', zh: '列' }

export const examples: FieldExamples[] = [{
  field: {
    maxRows: 3,
    fields: [
      { name: 'part', type: 'text', label, required: true },
      { name: 'quantity', type: 'integer', label, default: 1, min: 1 },
      { name: 'price', type: 'money', label, scale: 4 },
      { name: 'amount', type: 'formula', label, formula: 'quantity * price', result: { type: 'money' } },
      { name: 'tags', type: 'multiEnum', label, options: [{ value: 'new', label }, { value: 'old', label }] },
    ],
  },
  valid: [
    {
      input: [{ id: 'r1', part: ' Magnet ', quantity: 3, price: '0.3333', tags: ['new'] }, { id: 'r2', part: 'Coil' }],
      wire: [{ id: 'r1', part: 'Magnet', quantity: 3, price: '0.3333', amount: '1.00', tags: ['new'] }, { id: 'r2', part: 'Coil', quantity: 1, price: null, amount: null, tags: null }],
    },
    {
      // Computed columns may be sent back as they were read, and are computed anew.
      input: [{ id: 'r2', part: 'Coil', quantity: 2, price: '1.5', amount: '999.00', tags: [] }],
      wire: [{ id: 'r2', part: 'Coil', quantity: 2, price: '1.5000', amount: '3.00', tags: null }],
    },
    { input: [], wire: [] },
  ],
  invalid: [
    { input: [{ part: 'a', colour: 'red' }], code: 'unknownField' }, { input: [{ quantity: 1 }], code: 'required' }, { input: [{ part: 'a', quantity: 0 }], code: 'tooSmall' },
    { input: [{ part: 'a', quantity: '1' }], code: 'wrongType' }, { input: [{ part: 'a', price: '1.00001' }], code: 'tooPrecise' }, { input: [{ part: 'a', tags: ['odd'] }], code: 'notAnOption' },
    { input: ['a'], code: 'wrongType' }, { input: { part: 'a' }, code: 'wrongType' }, { input: [{ part: 'a' }, { part: 'b' }, { part: 'c' }, { part: 'd' }], code: 'tooMany' },
  ],
  filters: [{ op: 'empty', matches: [2, 3] }, { op: 'notEmpty', matches: [0, 1] }],
}]
