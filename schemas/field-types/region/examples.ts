import type { FieldExamples } from '../field-type'

export const examples: FieldExamples[] = [
  {
    field: {},
    valid: [
      { input: '110101' }, { input: '浙江省', wire: '330000' }, { input: '杭州', wire: '330100' }, { input: ' 浙江 / 杭州市 / 西湖区 ', wire: '330106' }, { input: 'Zhejiang / Hangzhou / Yuhang District', wire: '330110' },
      { input: '湖北省仙桃市', wire: '429004' }, { input: '重庆市城口县', wire: '500229' }, { input: '', wire: null },
    ],
    invalid: [
      { input: '999999', code: 'badNotation' }, { input: '西湖区', code: 'badNotation' }, { input: '33', code: 'badNotation' }, { input: '浙江省苏州市', code: 'badNotation' }, { input: '__proto__', code: 'badNotation' },
      { input: 330106, code: 'wrongType' },
    ],
    filters: [
      { op: 'eq', value: '330106', matches: [3] },
      { op: 'eq', value: '浙江省杭州市', matches: [2] },
      { op: 'ne', value: '330106', matches: [0, 1, 2, 4, 5, 6, 7, 8] },
      { op: 'in', value: ['330106', '110101'], matches: [0, 3] },
      { op: 'nin', value: ['330106', '110101'], matches: [1, 2, 4, 5, 6, 7, 8] },
      { op: 'within', value: '330000', matches: [1, 2, 3, 4] },
      { op: 'within', value: '330100', matches: [2, 3, 4] },
      { op: 'within', value: '330106', matches: [3] },
      { op: 'within', value: '120000', matches: [] },
      { op: 'empty', matches: [7, 8] },
      { op: 'notEmpty', matches: [0, 1, 2, 3, 4, 5, 6] },
    ],
  },
  {
    field: { depth: 'city' },
    valid: [{ input: '330100' }, { input: '440000' }],
    invalid: [{ input: '330106', code: 'tooFine' }],
    filters: [{ op: 'within', value: '330000', matches: [0] }],
  },
]
