import type { FieldExamples } from '../field-type'

export const examples: FieldExamples[] = [{
  field: {},
  valid: [
    { input: { region: '330106', street: ' 文三路  90 号 ', postalCode: '310012', country: 'cn' }, wire: { region: '330106', street: '文三路 90 号', postalCode: '310012' } },
    { input: '310012 浙江省杭州市西湖区文三路90号', wire: { region: '330106', street: '文三路90号', postalCode: '310012' } },
    { input: '苏州工业园区星湖街1号（215000）', wire: { region: '320590', street: '星湖街1号', postalCode: '215000' } },
    { input: '吉林路5号', wire: { street: '吉林路5号' } },
    { input: { country: 'sg', street: '1 Fusionopolis Way', postalCode: '138632', region: null }, wire: { country: 'SG', street: '1 Fusionopolis Way', postalCode: '138632' } },
    { input: { region: '330000' } }, { input: '江苏省', wire: { region: '320000' } }, { input: '', wire: null }, { input: { street: ' ' }, wire: null },
  ],
  invalid: [
    { input: { region: '999999' }, code: 'badNotation' }, { input: { country: 'SG', region: '330106' }, code: 'badNotation' }, { input: { country: 'Singapore' }, code: 'badNotation' }, { input: { postalCode: '邮编' }, code: 'badNotation' },
    { input: { street: 'x'.repeat(301) }, code: 'tooLong' }, { input: { street: 'bell \u0007' }, code: 'badText' }, { input: { town: 'x' }, code: 'unknownField' }, { input: { street: 5 }, code: 'wrongType' }, { input: 5, code: 'wrongType' }, { input: ['x'], code: 'wrongType' },
  ],
  filters: [
    { op: 'contains', value: '文三路', matches: [0, 1] },
    { op: 'contains', value: '杭州市西湖', matches: [0, 1] },
    { op: 'contains', value: 'fusion', matches: [4] },
    { op: 'within', value: '330100', matches: [0, 1] },
    { op: 'within', value: { region: '330000' }, matches: [0, 1, 5] },
    { op: 'within', value: '江苏省', matches: [2, 6] },
    { op: 'within', value: { country: 'SG' }, matches: [4] },
    { op: 'empty', matches: [7, 8, 9] },
    { op: 'notEmpty', matches: [0, 1, 2, 3, 4, 5, 6] },
  ],
}]
