/** The one filter form: what it means, said once, and evaluated in memory, in every store and through HTTP with the same result. */
import fc from 'fast-check'
import { idTarget, type Catalog } from '../../runtime/engine'
import { matches, resolveFilter } from '../../schemas/filters'
import type { Filter } from '../../schemas/generated/types'
import { entity, field } from '../support/catalog'
import { places, refusalOf, type Known, type Place } from '../support/places'

const today = '2026-06-15'
const options = ['draft', 'signed', 'void'].map((value) => ({ value, label: { en: value, zh: value } }))
const documents = [
  entity('region', [field('text', 'name')]),
  entity('customer', [field('text', 'name'), field('boolean', 'vip'), field('reference', 'region', { entity: 'region' })]),
  entity('deal', [
    field('text', 'name'), field('money', 'amount'), field('enum', 'status', { options }), field('date', 'due'), field('boolean', 'urgent'), field('multiEnum', 'tags', { options }), field('user', 'seller'),
    field('reference', 'customer', { entity: 'customer' }), field('reference', 'parent', { entity: 'deal' }), field('lines', 'rows', { fields: [field('integer', 'qty')] }),
    field('formula', 'age', { formula: 'daysBetween(due, today)', result: { type: 'integer' } }),
  ]),
]

/** Names of the deals that match. */
const cases: [name: string, filter: Filter, found: string][] = [
  ['all of nothing is everything', { and: [] }, 'a b c d'],
  ['any of nothing is nothing', { or: [] }, ''],
  ['not', { not: { field: 'status', op: 'eq', value: 'signed' } }, 'b c d'],
  ['not of a comparison with nothing holds', { not: { field: 'amount', op: 'gt', value: '0' } }, 'c d'],
  ['ne holds for nothing', { field: 'status', op: 'ne', value: 'signed' }, 'b c d'],
  ['nin holds for nothing', { field: 'status', op: 'nin', value: ['signed', 'draft'] }, 'c d'],
  ['in a list of nothing', { field: 'status', op: 'in', value: [] }, ''],
  ['nin a list of nothing', { field: 'status', op: 'nin', value: [] }, 'a b c d'],
  ['and', { and: [{ field: 'amount', op: 'gte', value: 10 }, { field: 'urgent', op: 'eq', value: true }] }, 'a'],
  ['or', { or: [{ field: 'amount', op: 'eq', value: '10' }, { field: 'urgent', op: 'empty' }] }, 'a d'],
  ['or in and in not', { not: { and: [{ or: [{ field: 'name', op: 'eq', value: 'a' }, { field: 'name', op: 'eq', value: 'b' }] }, { field: 'urgent', op: 'ne', value: false }] } }, 'b c d'],
  ['amounts are compared as numbers', { field: 'amount', op: 'lt', value: '9.51' }, 'b c'],
  ['between takes both ends', { field: 'amount', op: 'between', value: ['9.50', '10'] }, 'a b'],
  ['between with the ends turned round', { field: 'amount', op: 'between', value: ['10', '9.50'] }, ''],
  ['within the next days', { field: 'due', op: 'withinDays', value: 10 }, 'a b'],
  ['within the past days', { field: 'due', op: 'withinDays', value: -1 }, 'a'],
  ['my own', { field: 'seller', op: 'me' }, 'a'],
  ['a list has an element', { field: 'tags', op: 'contains', value: 'void' }, 'b'],
  ['no rows', { field: 'rows', op: 'empty' }, 'b c d'],
  ['by id', { field: 'id', op: 'in', value: ['$a', '$c', 'nothing'] }, 'a c'],
  ['through a reference', { field: 'customer.name', op: 'eq', value: 'Wang' }, 'a'],
  ['through a reference, beginning in another case', { field: 'customer.name', op: 'startsWith', value: 'w' }, 'a'],
  ['through two references', { field: 'customer.region.name', op: 'contains', value: '东' }, 'a b'],
  ['through three references', { field: 'parent.customer.region.name', op: 'notEmpty' }, 'b'],
  ['the end of nothing is nothing', { field: 'customer.name', op: 'empty' }, 'c d'],
  ['ne at the end of nothing holds', { field: 'customer.name', op: 'ne', value: 'Wang' }, 'b c d'],
  ['ne behind an empty reference in between', { field: 'customer.region.name', op: 'ne', value: 'x' }, 'a b c d'],
  ['yes and no through a reference', { field: 'customer.vip', op: 'ne', value: true }, 'b c d'],
  ['its own id behind a reference', { field: 'parent.id', op: 'eq', value: '$a' }, 'b'],
  ['what the system keeps', { field: 'createdAt', op: 'gte', value: '2000-01-01T00:00:00Z' }, 'a b c d'],
]

const bad: [name: string, filter: unknown, problems: number][] = [
  ['an unknown field', { field: 'nope', op: 'eq', value: 1 }, 1],
  ['every fault at once', { and: [{ field: 'nope', op: 'eq', value: 1 }, { field: 'name', op: 'lt', value: 'x' }, { field: 'amount', op: 'eq', value: 'x' }] }, 3],
  ['an unknown field behind a reference', { field: 'customer.nope', op: 'empty' }, 1],
  ['a path through no reference', { field: 'name.length', op: 'empty' }, 1],
  ['a path through a list of references', { field: 'tags.value', op: 'empty' }, 1],
  ['a path too long', { field: 'parent.parent.parent.parent.name', op: 'empty' }, 1],
  ['a value that changes with the day', { field: 'age', op: 'gt', value: 1 }, 1],
  ['an operator that does not fit', { field: 'rows', op: 'eq', value: [] }, 1],
  ['an operator nobody knows', { field: 'name', op: 'like', value: '%' }, 1],
  ['an operator of JavaScript', { field: 'name', op: 'constructor', value: 'x' }, 1],
  ['a field of JavaScript', { field: '__proto__', op: 'empty' }, 1],
  ['a field of JavaScript behind a reference', { field: 'customer.constructor', op: 'empty' }, 1],
  ['eq with nothing', { field: 'name', op: 'eq', value: null }, 1],
  ['eq without a value', { field: 'name', op: 'eq' }, 1],
  ['eq with a list', { field: 'name', op: 'eq', value: ['a'] }, 1],
  ['a number for a text', { field: 'name', op: 'eq', value: 5 }, 1],
  ['a text for yes and no', { field: 'urgent', op: 'eq', value: 'true' }, 1],
  ['too many digits', { field: 'amount', op: 'eq', value: '1.005' }, 1],
  ['no day at all', { field: 'due', op: 'lt', value: 'tomorrow' }, 1],
  ['a day that is not in the calendar', { field: 'due', op: 'eq', value: '2026-02-30' }, 1],
  ['in without a list', { field: 'status', op: 'in', value: 'draft' }, 1],
  ['in with nothing in the list', { field: 'status', op: 'in', value: ['draft', null] }, 1],
  ['a list too long', { field: 'status', op: 'in', value: Array.from({ length: 1001 }, () => 'draft') }, 1],
  ['between with one end', { field: 'amount', op: 'between', value: ['1'] }, 1],
  ['between with half an end', { field: 'amount', op: 'between', value: ['1', null] }, 1],
  ['half a day', { field: 'due', op: 'withinDays', value: 1.5 }, 1],
  ['too many days', { field: 'due', op: 'withinDays', value: 1e9 }, 1],
  ['containing nothing', { field: 'name', op: 'contains', value: '' }, 1],
  ['containing a lot', { field: 'name', op: 'contains', value: 'x'.repeat(201) }, 1],
  ['no condition', {}, 1],
  ['a text', 'name', 1],
  ['and without a list', { and: { field: 'name', op: 'empty' } }, 1],
  ['nested too deeply', Array.from({ length: 40 }).reduce<unknown>((inner) => ({ not: inner }), { field: 'name', op: 'empty' }), 1],
  ['too many conditions', { and: Array.from({ length: 203 }, () => ({ field: 'id', op: 'empty' })) }, 1],
]

for (const { name, skip, open } of places) {
  describe(name, () => {
    if (skip) return test.skip(`not run: ${skip}`, () => undefined)
    let place: Place
    let catalog: Catalog
    const deals: Record<string, Known> = {}
    const everything = new Map<string, Known>()

    beforeAll(async () => {
      place = await open(documents, today)
      catalog = (await place.model()).catalog
      const keep = async (entity: string, input: { [k: string]: unknown }) => { const record = await place.create(entity, input); everything.set(record.id, record); return record }
      const east = await keep('region', { name: '华东' })
      const wang = await keep('customer', { name: 'Wang', vip: true, region: east.id })
      const meier = await keep('customer', { name: 'Meier', vip: false, region: east.id })
      const lost = await keep('customer', { name: '' })
      deals.a = await keep('deal', { name: 'a', amount: '10', status: 'signed', due: '2026-06-15', urgent: true, tags: ['draft'], seller: place.people.ann, customer: wang.id, rows: [{ qty: 1 }] })
      deals.b = await keep('deal', { name: 'b', amount: '9.5', status: 'draft', due: '2026-06-25', urgent: false, tags: ['draft', 'void'], seller: place.people.ben, customer: meier.id, parent: deals.a.id })
      deals.c = await keep('deal', { name: 'c', amount: '-1', status: 'void', due: '2026-06-26', urgent: false, customer: lost.id })
      deals.d = await keep('deal', { name: 'd' })
    })
    afterAll(() => place?.close())

    const real = (filter: unknown) => JSON.parse(JSON.stringify(filter), (_key, v: unknown) => (typeof v === 'string' && v.startsWith('$') ? deals[v.slice(1)]!.id : v)) as Filter
    const found = async (filter: Filter) => (await place.list('deal', { filter, sort: 'name' })).map((r) => r.name).join(' ')

    /** What a path of a record leads to, in stored terms. */
    const readOf = (record: Known) => (path: string[]) => {
      let entity = 'deal'
      let at: Known | undefined = record
      for (const step of path.slice(0, -1)) {
        entity = catalog.entities.get(entity)!.fields.get(step)!.refersTo!
        at = at && everything.get(at[step] as string)
      }
      const last = path.at(-1)!
      const field = catalog.entities.get(entity)!.fields.get(last)
      return at === undefined ? null : last === 'id' ? at.id : field!.effectiveType.toStored(at[last] ?? null, field!.effective)
    }
    const remembered = (filter: Filter) => {
      const { where, problems } = resolveFilter(filter, idTarget(catalog.entities.get('deal')!, catalog), { me: place.people.ann, departments: [place.people.sales], today })
      expect(problems).toEqual([])
      return Object.keys(deals).filter((key) => matches(where, readOf(deals[key]!))).join(' ')
    }

    test.each(cases)('%s', async (_, filter, expected) => {
      expect({ found: await found(real(filter)), remembered: remembered(real(filter)) }).toEqual({ found: expected, remembered: expected })
    })

    test.each(bad)('refused: %s', async (_, filter, problems) => {
      const refused = await refusalOf(place.list('deal', { filter: filter as Filter }))
      expect({ status: refused.status, code: refused.code, problems: refused.problems.map((p) => `${p.path} ${p.code}`) }).toEqual({ status: 400, code: 'badFilter', problems: Array.from({ length: problems }, () => '/filter badFilter') })
    })

    const comparison: fc.Arbitrary<Filter> = fc.oneof(
      fc.record({ field: fc.constantFrom('name', 'customer.name', 'parent.name', 'customer.region.name', 'parent.customer.name'), op: fc.constantFrom('eq', 'ne', 'contains', 'startsWith'), value: fc.constantFrom('a', 'b', 'W', 'wang', '华', 'e') }),
      fc.record({ field: fc.constantFrom('amount', 'parent.amount'), op: fc.constantFrom('eq', 'ne', 'lt', 'lte', 'gt', 'gte'), value: fc.constantFrom('-1', '0', '9.5', '10', '11') }),
      fc.record({ field: fc.constantFrom('status', 'parent.status'), op: fc.constantFrom('in', 'nin'), value: fc.subarray(['draft', 'signed', 'void']) }),
      fc.record({ field: fc.constantFrom('urgent', 'customer.vip', 'parent.urgent', 'parent.customer.vip'), op: fc.constantFrom('eq', 'ne'), value: fc.boolean() }),
      fc.record({ field: fc.constantFrom('due', 'parent.due'), op: fc.constant('withinDays'), value: fc.integer({ min: -12, max: 12 }) }),
      fc.record({ field: fc.constantFrom('tags', 'parent.tags'), op: fc.constant('contains'), value: fc.constantFrom('draft', 'void') }),
      fc.record({ field: fc.constantFrom('name', 'amount', 'tags', 'rows', 'customer', 'customer.vip', 'customer.region', 'parent.rows', 'customer.region.name'), op: fc.constantFrom('empty', 'notEmpty') }),
    ) as unknown as fc.Arbitrary<Filter>
    const { filter } = fc.letrec<{ filter: Filter }>((tie) => ({
      filter: fc.oneof({ depthSize: 'small', withCrossShrink: true }, comparison, fc.record({ not: tie('filter') }), fc.record({ and: fc.array(tie('filter'), { maxLength: 3 }) }), fc.record({ or: fc.array(tie('filter'), { maxLength: 3 }) })),
    }))

    test('any filter finds in the store what it matches in memory', () => fc.assert(fc.asyncProperty(filter, async (f) => {
      const plain = JSON.parse(JSON.stringify(f)) as Filter
      expect(await found(plain)).toBe(remembered(plain))
    }), { numRuns: 200 }))
  })
}
