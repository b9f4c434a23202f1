import type { FieldExamples } from '../field-type'

export const examples: FieldExamples[] = [{
  field: {},
  valid: [{ input: 'a@b.cn' }, { input: ' Ann.Li+CRM@Example.com ', wire: 'ann.li+crm@example.com' }, { input: 'ｏｆｆｉｃｅ＠mingci.com', wire: 'office@mingci.com' }, { input: '李雷@例子.公司' }, { input: '  ', wire: null }],
  invalid: [
    { input: 'nobody at all', code: 'badNotation' }, { input: 'a@@example.com', code: 'badNotation' }, { input: 'a@localhost', code: 'badNotation' }, { input: '.a@b.cn', code: 'badNotation' },
    { input: 'a@b.cn\nBcc: c@d.cn', code: 'badNotation' }, { input: 'Ann <a@b.cn>', code: 'badNotation' }, { input: `${'a'.repeat(250)}@b.cn`, code: 'tooLong' }, { input: 5, code: 'wrongType' }, { input: ['a@b.cn'], code: 'wrongType' },
  ],
  filters: [
    { op: 'eq', value: 'ANN.li+crm@example.com', matches: [1] },
    { op: 'ne', value: 'a@b.cn', matches: [1, 2, 3, 4, 5] },
    { op: 'in', value: ['a@b.cn', 'office@mingci.com', 'no@where.cn'], matches: [0, 2] },
    { op: 'nin', value: ['a@b.cn', 'office@mingci.com'], matches: [1, 3, 4, 5] },
    { op: 'contains', value: '@Example', matches: [1] },
    { op: 'contains', value: '例子', matches: [3] },
    { op: 'startsWith', value: 'Ａ', matches: [0, 1] },
    { op: 'empty', matches: [4, 5] },
    { op: 'notEmpty', matches: [0, 1, 2, 3] },
  ],
}]
