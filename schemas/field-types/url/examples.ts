import type { FieldExamples } from '../field-type'

export const examples: FieldExamples[] = [{
  field: {},
  valid: [
    { input: 'http://example.com' }, { input: ' HTTPS://Example.com/a?b=c#d ', wire: 'https://Example.com/a?b=c#d' }, { input: 'mingci.com/产品', wire: 'https://mingci.com/产品' },
    { input: 'mailto:sales@mingci.com' }, { input: 'http://crm:8080/', wire: 'http://crm:8080/' }, { input: '', wire: null },
  ],
  invalid: [
    { input: 'javascript:alert(1)', code: 'badNotation' }, { input: 'JaVaScRiPt:alert(1)', code: 'badNotation' }, { input: 'data:text/html,<b>', code: 'badNotation' }, { input: 'vbscript:x', code: 'badNotation' },
    { input: 'ftp://example.com', code: 'badNotation' }, { input: '//example.com', code: 'badNotation' }, { input: 'word', code: 'badNotation' }, { input: 'https://', code: 'badNotation' },
    { input: 'https://bank.cn@evil.cn', code: 'badNotation' }, { input: 'https://a b.cn', code: 'badNotation' }, { input: 'https://a.cn\\b', code: 'badNotation' }, { input: 'mailto:nobody', code: 'badNotation' },
    { input: 'java\u0000script:x', code: 'badText' }, { input: `https://a.cn/${'x'.repeat(2000)}`, code: 'tooLong' }, { input: 1, code: 'wrongType' }, { input: {}, code: 'wrongType' },
  ],
  filters: [
    { op: 'eq', value: 'mingci.com/产品', matches: [2] },
    { op: 'ne', value: 'http://example.com', matches: [1, 2, 3, 4, 5, 6] },
    { op: 'in', value: ['http://example.com', 'mailto:sales@mingci.com'], matches: [0, 3] },
    { op: 'nin', value: ['http://example.com', 'mailto:sales@mingci.com'], matches: [1, 2, 4, 5, 6] },
    { op: 'contains', value: 'EXAMPLE.com', matches: [0, 1] },
    { op: 'startsWith', value: 'https', matches: [1, 2] },
    { op: 'empty', matches: [5, 6] },
    { op: 'notEmpty', matches: [0, 1, 2, 3, 4] },
  ],
}]
