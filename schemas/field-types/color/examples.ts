import type { FieldExamples } from '../field-type'

export const examples: FieldExamples[] = [{
  field: {},
  valid: [{ input: '#1677ff' }, { input: 'FFF', wire: '#ffffff' }, { input: ' #0A0 ', wire: '#00aa00' }, { input: '', wire: null }],
  invalid: [
    { input: 'red', code: 'badNotation' }, { input: '#12345', code: 'badNotation' }, { input: '#1677ff80', code: 'badNotation' }, { input: 'url(x)', code: 'badNotation' },
    { input: 'url(javascript:1)', code: 'badNotation' }, { input: `${' '.repeat(20)}#fff`, code: 'tooLong' }, { input: 0x1677ff, code: 'wrongType' }, { input: ['#fff'], code: 'wrongType' },
  ],
  filters: [
    { op: 'eq', value: '#1677FF', matches: [0] },
    { op: 'ne', value: '#fff', matches: [0, 2, 3, 4] },
    { op: 'in', value: ['#fff', '#0a0'], matches: [1, 2] },
    { op: 'nin', value: ['#fff', '#0a0'], matches: [0, 3, 4] },
    { op: 'empty', matches: [3, 4] },
    { op: 'notEmpty', matches: [0, 1, 2] },
  ],
}]
