import type { FieldExamples } from '../field-type'

export const examples: FieldExamples[] = [
  {
    field: {},
    valid: [
      { input: '<p>First <strong>bold</strong> &amp; plain</p>' },
      { input: '<h2>标题</h2><ul><li><p>第一<em>条</em>款</p></li><li><p>二</p></li></ul>' },
      { input: 'two\r\nlines < tags', wire: '<p>two</p><p>lines &lt; tags</p>' },
      { input: '<h1>Big</h1>loose <b>bold</b><script>alert(1)</script>', wire: '<h2>Big</h2><p>loose <strong>bold</strong></p>' },
      { input: '<p onclick="x()" style="color:red">see <a href="https://example.com/磁?a=1&amp;b=2" onmouseover=x>here</a> <a href="javascript:x()">not here</a></p>', wire: '<p>see <a href="https://example.com/%E7%A3%81?a=1&amp;b=2">here</a> not here</p>' },
      { input: '<p> </p><p></p>', wire: null }, { input: '', wire: null },
    ],
    invalid: [{ input: 'x'.repeat(20_001), code: 'tooLong' }, { input: 5, code: 'wrongType' }, { input: '<p>bell &#7;</p>', code: 'badText' }, { input: '<p>half \ud83d</p>', code: 'badText' }, { input: ['<p>x</p>'], code: 'wrongType' }],
    filters: [
      { op: 'contains', value: 'bold & PLAIN', matches: [0] },
      { op: 'contains', value: '第一条款', matches: [1] },
      { op: 'contains', value: 'strong', matches: [] },
      { op: 'contains', value: 'example.com', matches: [] },
      { op: 'contains', value: 'loose bold', matches: [3] },
      { op: 'empty', matches: [5, 6, 7] },
      { op: 'notEmpty', matches: [0, 1, 2, 3, 4] },
    ],
  },
  { field: { maxLength: 10 }, valid: [{ input: '<p>a</p>' }, { input: 'b', wire: '<p>b</p>' }], invalid: [{ input: '<p>four</p>', code: 'tooLong' }], filters: [{ op: 'notEmpty', matches: [0, 1] }] },
]
