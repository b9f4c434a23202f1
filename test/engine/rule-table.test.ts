/** Rule tables: rule 14 of flows.md. Which version answers, which line, and what publishing refuses. */
import { answerOf, lookup, ruleVersion, versionAt } from '../../runtime/engine'
import { Exact } from '../../schemas/expressions'
import type { Definition, RuleTable, RuleVersion } from '../../schemas/generated/types'
import { entity, field, label, problemsIn } from '../support/catalog'

const version = (id: string, validFrom: string, members: Partial<RuleVersion> = {}): RuleVersion => ({ id, validFrom, rows: [{ id: 'all', when: {}, then: { rate: '1', note: id } }], ...members })
const table = (versions: RuleVersion[], members: Partial<RuleTable> = {}): RuleTable => ({
  kind: 'ruleTable', name: 'fees', label, versions,
  inputs: [{ name: 'amount', label, type: 'decimal' }, { name: 'kind', label, type: 'text' }, { name: 'on', label, type: 'date' }, { name: 'big', label, type: 'boolean' }],
  outputs: [{ name: 'rate', label, type: 'decimal' }, { name: 'note', label, type: 'text' }], ...members,
})

describe('which version is valid', () => {
  const fees = table([version('a', '2025-01-01'), version('b', '2026-01-01', { validTo: '2026-06-30' }), version('c', '2026-09-01')])
  test.each([['2024-12-31', undefined], ['2025-01-01', 'a'], ['2025-12-31', 'a'], ['2026-01-01', 'b'], ['2026-06-30', 'b'], ['2026-07-01', undefined], ['2030-01-01', 'c']])('on %s: %s', (day, id) => {
    expect(versionAt(fees, day)?.id).toBe(id)
  })

  test('a correction takes the place of the version it corrects, which is still there by its name', () => {
    const corrected = table([version('a', '2025-01-01'), version('b', '2026-01-01'), version('b2', '2026-01-01', { corrects: 'b', backdated: true })])
    expect(versionAt(corrected, '2026-03-01')?.id).toBe('b2')
    expect(versionAt(corrected, '2025-03-01')?.id).toBe('a')
    expect(answerOf(corrected, ruleVersion(corrected, 'b')!, {})?.outputs.note).toBe('b')
  })
})

describe('which line answers', () => {
  const rows: RuleVersion['rows'] = [
    { id: 'none', when: { amount: { empty: true } }, then: { note: 'none' } },
    { id: 'range', when: { amount: { gte: '100', lt: '200.50' }, kind: { ne: 'x' } }, then: { rate: '2.5', note: 'range' } },
    { id: 'set', when: { kind: { in: ['a', 'b'] } }, then: { rate: '3' } },
    { id: 'late', when: { on: { gt: '2026-01-31' }, big: { eq: 'true' } }, then: { rate: '4' } },
  ]
  const fees = table([version('a', '2025-01-01', { rows })])
  const amount = (n: string) => new Exact(n)
  test.each([
    ['an empty input meets empty only', {}, 'none'],
    ['at the lower end', { amount: amount('100'), kind: 'q' }, 'range'],
    ['an empty input meets no comparison', { amount: amount('100') }, undefined],
    ['below the upper end, exactly', { amount: amount('200.4999'), kind: 'q' }, 'range'],
    ['at the upper end', { amount: amount('200.5'), kind: 'q' }, undefined],
    ['another form of the same number', { amount: amount('100.000'), kind: 'a' }, 'range'],
    ['one of a set', { amount: amount('1'), kind: 'b' }, 'set'],
    ['a date and a yes', { amount: amount('1'), on: '2026-02-01', big: true }, 'late'],
    ['a no', { amount: amount('1'), on: '2026-02-01', big: false }, undefined],
  ])('%s', (_name, inputs, row) => expect(lookup(fees, '2026-01-01', inputs)?.row).toBe(row))

  test('outputs are values of their types; one that is not named is empty', () => {
    expect(lookup(fees, '2026-01-01', { amount: amount('1'), kind: 'a' })).toEqual({ version: 'a', row: 'set', rows: ['set'], outputs: { rate: amount('3'), note: null } })
  })

  test('collect gives every line that fits, in order', () => {
    const all = lookup({ ...fees, hit: 'collect' }, '2026-01-01', { amount: amount('150'), kind: 'a' })
    expect(all).toMatchObject({ rows: ['range', 'set'], outputs: { rate: [amount('2.5'), amount('3')], note: ['range', null] } })
  })
})

describe('what is refused', () => {
  const rows = (...whens: RuleVersion['rows'][number]['when'][]) => whens.map((when, i) => ({ id: `r${i}`, when, then: { rate: '1' } }))
  const one = (members: Partial<RuleVersion>) => table([version('a', '2025-01-01', members)])
  const cases: [string, RuleTable, string[]][] = [
    ['a sound one', one({}), []],
    ['two versions that begin on one day', table([version('a', '2025-01-01'), version('b', '2025-01-01')]), ['/versions/1/validFrom']],
    ['a version that begins within another', table([version('a', '2025-01-01', { validTo: '2025-12-31' }), version('b', '2025-12-31')]), ['/versions/1/validFrom']],
    ['an end before the beginning, and no day at all', table([version('a', '2025-02-30'), version('b', '2026-02-01', { validTo: '2026-01-01' })]), ['/versions/0/validFrom', '/versions/1/validTo']],
    ['a correction of nothing, and of what is corrected', table([version('a', '2025-01-01'), version('b', '2025-01-01', { corrects: 'a' }), version('c', '2026-01-01', { corrects: 'a' }), version('d', '2027-01-01', { corrects: 'z' })]), ['/versions/2/corrects', '/versions/3/corrects']],
    ['values of other types', one({ rows: [{ id: 'r', when: { amount: { gt: 'much', in: ['1', 'x'] }, on: { eq: '2026-13-01' }, big: { eq: 'perhaps' } }, then: { rate: '1,5' } }] }),
      ['/versions/0/rows/0/then/rate', '/versions/0/rows/0/when/amount/gt', '/versions/0/rows/0/when/amount/in', '/versions/0/rows/0/when/big/eq', '/versions/0/rows/0/when/on/eq']],
    ['names the table does not have', one({ rows: [{ id: 'r', when: { gone: { eq: '1' } }, then: { gone: '1' } }] }), ['/versions/0/rows/0/then/gone', '/versions/0/rows/0/when/gone']],
    ['an order of texts', one({ rows: rows({ kind: { gt: 'a' } }) }), ['/versions/0/rows/0/when/kind/gt']],
    ['a line behind one that takes everything', one({ rows: rows({}, { amount: { gt: '5' } }) }), ['/versions/0/rows/1']],
    ['a narrower range behind a wider', one({ rows: rows({ amount: { gte: '10', lt: '20' } }, { amount: { gt: '10', lte: '19.99' }, kind: { eq: 'a' } }) }), ['/versions/0/rows/1']],
    ['a range that only touches', one({ rows: rows({ amount: { gt: '10' } }, { amount: { gte: '10' } }) }), []],
    ['a text among those before', one({ rows: rows({ kind: { ne: 'c' } }, { kind: { in: ['a', 'b'] } }, { kind: { eq: 'c' } }) }), ['/versions/0/rows/1']],
    ['columns and lines named twice', table([version('a', '2025-01-01', { rows: [...rows({ big: { eq: 'true' } }), ...rows({ big: { eq: 'false' } })] })], { inputs: [{ name: 'big', label, type: 'boolean' }, { name: 'big', label, type: 'boolean' }] }), ['/inputs/1/name', '/versions/0/rows/1/id']],
  ]
  test.each(cases)('%s', (_name, definition, expected) => {
    expect(problemsIn([definition]).map((p) => p.split(' ')[2]).sort()).toEqual([...expected].sort())
  })

  test('an effect that asks wrongly', () => {
    const thing = entity('thing', [field('text', 'name'), field('money', 'amount'), field('decimal', 'rate'), field('text', 'version')])
    const action = (effect: object): Definition => ({ kind: 'action', name: 'go', entity: 'thing', label, steps: [{ id: 'r', kind: 'applyRule', table: 'fees', asOf: 'today', inputs: { amount: 'amount' }, versionField: 'version', values: { rate: 'rule.rate' }, ...effect }] })
    const problems = (effect: object) => problemsIn([thing, one({}), action(effect)]).map((p) => p.split(' ').slice(2).join(' ')).sort()
    expect(problems({})).toEqual([])
    expect(problems({ table: 'gone' })).toEqual(['/steps/0/table noSuchDefinition'])
    expect(problems({ asOf: 'amount', inputs: { amount: 'name', gone: '1' }, versionField: 'amount', values: { rate: 'rule.note', gone: '1' } })).toEqual([
      '/steps/0/asOf badExpression', '/steps/0/inputs/amount badExpression', '/steps/0/inputs/gone badMember', '/steps/0/values/gone noSuchField', '/steps/0/values/rate badExpression', '/steps/0/versionField wrongFieldType',
    ])
  })
})
