import type { FieldExamples } from '../field-type'

/** A computed type: `input` is what the rest of the record says. The record without input has a number as well, the next one. */
export const examples: FieldExamples[] = [{
  field: { pattern: 'N{yyyyMM}-{000}' },
  valid: [{ input: {}, wire: 'N202606-001' }, { input: {}, wire: 'N202606-002' }],
  invalid: [{ input: 'N202606-009', code: 'readOnly' }],
  filters: [
    { op: 'eq', value: 'N202606-002', matches: [1] },
    { op: 'ne', value: 'N202606-002', matches: [0, 2] },
    { op: 'in', value: ['N202606-001', 'N202606-003'], matches: [0, 2] },
    { op: 'nin', value: ['N202606-001', 'N202606-003'], matches: [1] },
    { op: 'contains', value: '06-00', matches: [0, 1, 2] },
    { op: 'startsWith', value: 'n2026', matches: [0, 1, 2] },
    { op: 'empty', matches: [] },
    { op: 'notEmpty', matches: [0, 1, 2] },
  ],
}]
