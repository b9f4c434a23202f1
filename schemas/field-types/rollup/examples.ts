import type { FieldExamples } from '../field-type'

/** A computed type: `input` is what the rest of the record says; the suite's records have `rows` with an amount. */
export const examples: FieldExamples[] = [
  {
    field: { rollup: { lines: 'rows', op: 'max', field: 'amount' } },
    valid: [{ input: { rows: [{ id: 'a', amount: '-2' }, { id: 'b', amount: '-9' }] }, wire: '-2.00' }, { input: { rows: [{ id: 'a', amount: '9' }, { id: 'b' }, { id: 'c', amount: '10' }] }, wire: '10.00' }],
    invalid: [{ input: '10.00', code: 'readOnly' }],
    filters: [
      { op: 'eq', value: '10', matches: [1] },
      { op: 'ne', value: '10', matches: [0, 2] },
      { op: 'lt', value: '10', matches: [0] },
      { op: 'lte', value: '10', matches: [0, 1] },
      { op: 'gt', value: '-2', matches: [1] },
      { op: 'gte', value: '-2', matches: [0, 1] },
      { op: 'in', value: ['-2', '0'], matches: [0] },
      { op: 'nin', value: ['-2', '0'], matches: [1, 2] },
      { op: 'between', value: ['-3', '11'], matches: [0, 1] },
      { op: 'empty', matches: [2] },
      { op: 'notEmpty', matches: [0, 1] },
    ],
  },
  {
    field: { rollup: { lines: 'rows', op: 'sum', field: 'amount', filter: { field: 'amount', op: 'gt', value: '0' } } },
    valid: [{ input: { rows: [{ id: 'a', amount: '-5' }] }, wire: '0.00' }, { input: { rows: [{ id: 'a', amount: '0.1' }, { id: 'b', amount: '0.2' }, { id: 'c', amount: '-5' }] }, wire: '0.30' }],
    invalid: [{ input: 1, code: 'readOnly' }],
    filters: [{ op: 'eq', value: 0, matches: [0, 2] }],
  },
  {
    field: { rollup: { lines: 'rows', op: 'count' } },
    valid: [{ input: { rows: [] }, wire: 0 }, { input: { rows: [{ id: 'a' }, { id: 'b' }] }, wire: 2 }],
    invalid: [{ input: 1, code: 'readOnly' }],
    filters: [{ op: 'lt', value: 2, matches: [0, 2] }],
  },
  {
    field: { rollup: { lines: 'rows', op: 'avg', field: 'amount' } },
    valid: [{ input: { rows: [{ id: 'a', amount: '1' }, { id: 'b', amount: '1' }, { id: 'c' }, { id: 'd', amount: '0' }] }, wire: '0.67' }, { input: { rows: [{ id: 'a', amount: '3' }] }, wire: '3.00' }],
    invalid: [{ input: '1', code: 'readOnly' }],
    filters: [{ op: 'empty', matches: [2] }],
  },
]
