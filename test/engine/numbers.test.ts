/** Auto-numbers: what is written, and when the counter starts again. What counts as the same text. */
import { fieldTypes } from '../../schemas/field-types'
import type { AutoNumberField } from '../../schemas/generated/types'
import { likenesses } from '../../schemas/likeness'
import { entity, field, problemsIn } from '../support/catalog'

const numbered = (pattern: string, reset?: AutoNumberField['reset']) => field('autoNumber', 'no', { pattern, ...(reset && { reset }) }) as AutoNumberField
const on = (f: AutoNumberField, day: string) => fieldTypes.autoNumber.numbered!(f as never, day)

test.each([
  ['HT{yyyy}{0000}', '2026-11-22', 7, 'HT20260007'],
  ['Q{yyMM}-{00}', '2026-11-22', 123, 'Q2611-123'],
  ['{yyMMdd}/{000}', '2026-01-02', 1, '260102/001'],
  ['N{yy}{MM}{dd}{0}', '2009-10-03', 4, 'N0910034'],
])('%s on %s', (pattern, day, count, written) => expect(on(numbered(pattern), day).write(count)).toBe(written))

test.each([
  ['N{0}', undefined, []],
  ['N{yyyyMM}{0}', undefined, ['year', 'month']],
  ['N{yyyyMM}{0}', 'year', ['year']],
  ['N{yyyyMM}{0}', 'never', []],
  ['N{yyMMdd}{0}', 'day', ['year', 'month', 'day']],
] as [string, AutoNumberField['reset'], string[]][])('%s, reset %s, begins anew with %j', (pattern, reset, periods) => {
  const sequence = (day: string) => on(numbered(pattern, reset), day).sequence
  const anew = Object.entries({ year: '2027-11-22', month: '2026-12-22', day: '2026-11-23' }).filter(([, day]) => sequence(day) !== sequence('2026-11-22')).map(([period]) => period)
  expect(anew).toEqual(periods)
})

test.each([['N{0}', 'year'], ['N{yyyy}{0}', 'month'], ['N{yyyyMM}{0}', 'day'], ['N{MM}{dd}{0}', 'day']] as const)('a number that would be given twice is refused: %s, reset %s', (pattern, reset) => {
  expect(problemsIn([entity('thing', [field('text', 'name'), numbered(pattern, reset)])])).toEqual(['entity thing /fields/1 badMember'])
})

test.each([
  ['text', 'ＡＢＣ 机电（上海）', 'abc机电上海', true],
  ['text', 'Straße 1', 'strasse 1', false],
  ['text', 'A.B.C', 'abc', true],
  ['organisation', 'Acme Co., Ltd.', 'ACME', true],
  ['organisation', '上海机电股份有限公司', '上海机电有限公司', true],
  ['organisation', '上海机电（集团）有限公司', '上海机电', true],
  ['organisation', 'Texaco', 'Texa', false],
  ['organisation', 'Limited', 'Ltd', false],
  ['organisation', 'Siemens AG', 'siemens', true],
] as const)('%s: %s ~ %s is %s', (how, a, b, same) => expect(likenesses[how](a) === likenesses[how](b)).toBe(same))
