import type { FieldExamples } from '../field-type'

export const examples: FieldExamples[] = [{
  field: {},
  valid: [
    { input: '+86 (0)571-8888 6666', wire: '057188886666' }, { input: '138 0000 0000', wire: '13800000000' }, { input: '１３９－００００－０００１', wire: '13900000001' }, { input: '+1 (415) 555-0123', wire: '+14155550123' },
    { input: '400-820-8820', wire: '4008208820' }, { input: '021-55667788-301', wire: '02155667788x301' }, { input: '0755 8266 1234 转 8001', wire: '075582661234x8001' }, { input: '0049 30 901820', wire: '+4930901820' }, { input: ' ', wire: null },
  ],
  invalid: [
    { input: 'call me', code: 'badNotation' }, { input: '12', code: 'badNotation' }, { input: '+86', code: 'badNotation' }, { input: '1380000000a', code: 'badNotation' }, { input: '1234567890123456', code: 'badNotation' },
    { input: '138\u00000000', code: 'badNotation' }, { input: `138${' '.repeat(60)}00000000`, code: 'tooLong' }, { input: 13800000000, code: 'wrongType' }, { input: ['1'], code: 'wrongType' },
  ],
  filters: [
    { op: 'eq', value: '+86 138-0000-0000', matches: [1] },
    { op: 'ne', value: '13800000000', matches: [0, 2, 3, 4, 5, 6, 7, 8, 9] },
    { op: 'in', value: ['400 820 8820', '0571 8888 6666'], matches: [0, 4] },
    { op: 'nin', value: ['400 820 8820', '0571 8888 6666'], matches: [1, 2, 3, 5, 6, 7, 8, 9] },
    { op: 'contains', value: '8888-66', matches: [0] },
    { op: 'contains', value: '-', matches: [] },
    { op: 'startsWith', value: '138 0', matches: [1] },
    { op: 'startsWith', value: '+1 415', matches: [3] },
    { op: 'empty', matches: [8, 9] },
    { op: 'notEmpty', matches: [0, 1, 2, 3, 4, 5, 6, 7] },
  ],
}]
