/**
 * Every field type with its own examples, in every place records are kept: defined, written, refused, changed, filtered, sorted,
 * remembered. A new type or store takes part by being registered; a type says in `examples.ts` what must hold for it.
 */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { compileCatalog, idTarget, isEmpty, recordMatcher } from '../../runtime/engine'
import { fieldTypes, type FieldTypeName } from '../../schemas/field-types'
import type { FieldExamples, FieldType } from '../../schemas/field-types/field-type'
import { resolveFilter } from '../../schemas/filters'
import type { Definition, Dictionary, Entity, Field, Filter } from '../../schemas/generated/types'
import { systemDefinitions } from '../../schemas/system'
import { definitionProblems } from '../../schemas/validate'
import { fill } from '../../server/imports/convert'
import { places, refusalOf, type Known, type Place } from '../support/places'
import { root } from '../support/sources'

const today = '2026-06-15'
const label = { en: 'Label', zh: '标签' }

interface Case { type: FieldTypeName; name: string; entity: Entity; examples: FieldExamples }

const folder = join(root, 'schemas/field-types')
const examplesOf = (type: string) => jest.requireActual<{ examples: FieldExamples[] }>(join(folder, type, 'examples.ts')).examples

const cases: Case[] = (Object.keys(fieldTypes) as FieldTypeName[]).flatMap((type) => examplesOf(type).map((examples, i) => {
  const name = `${type}${i === 0 ? '' : i + 1}`
  return { type, name, entity: entityWith(`t${i}${type}`, { name: 'value', type, label, ...examples.field } as Field), examples }
}))

/** Computed types look at `source` and `rows`. */
function entityWith(name: string, value: Field): Entity {
  const fields: Field[] = [
    { name: 'title', type: 'text', label },
    { name: 'source', type: 'decimal', scale: 2, label },
    { name: 'rows', type: 'lines', label, fields: [{ name: 'amount', type: 'money', label }] },
    value,
  ]
  return { kind: 'entity', name, label, titleField: 'title', ownership: 'none', fields }
}

const placeNames: Dictionary = {
  kind: 'dictionary', name: 'places', label, items: [
    { value: 'zj', label: { en: 'Zhejiang', zh: '浙江' } }, { value: 'hz', parent: 'zj', label: { en: 'Hangzhou', zh: '杭州' } }, { value: 'sh', disabled: true, label: { en: 'Shanghai', zh: '上海' } },
  ],
}
const documents: Definition[] = [placeNames, ...cases.map((c) => c.entity)]
const isComputed = ({ type }: Case) => 'computed' in fieldTypes[type]
/** A record's input that gives the field that value. */
const inputFor = (c: Case, input: unknown) => (isComputed(c) ? (input as { [k: string]: unknown }) : { value: input })
const wireOf = ({ input, wire }: FieldExamples['valid'][number]) => (wire === undefined ? input : wire)

test('every folder has examples', () => {
  expect([...new Set(cases.map((c) => c.type))].sort()).toEqual(readdirSync(folder, { withFileTypes: true }).filter((e) => e.isDirectory()).map((e) => e.name).sort())
})

test('the definitions are sound', () => {
  expect(documents.flatMap(definitionProblems)).toEqual([])
  expect(compileCatalog([...systemDefinitions, ...documents]).problems).toEqual([])
})

test.each(Object.keys(fieldTypes))('%s: there is a filter for every operator', (type) => {
  const { catalog } = compileCatalog([...systemDefinitions, ...documents])
  const first = cases.find((c) => c.type === type)!
  const { effectiveType } = catalog.entities.get(first.entity.name)!.fields.get('value')!
  expect(new Set(first.examples.filters.map((f) => f.op))).toEqual(new Set(effectiveType.operators))
})

test.each(Object.keys(fieldTypes))('%s: a type that reads texts says how', (type) => {
  const { fromText } = fieldTypes[type as FieldTypeName] as FieldType
  expect(cases.some((c) => c.type === type && c.examples.cells)).toBe(fromText !== undefined)
})

for (const { name, skip, open } of places) {
  describe(name, () => {
    if (skip) return test.skip(`not run: ${skip}`, () => undefined)
    let place: Place
    beforeAll(async () => { place = await open(documents, today) })
    afterAll(() => place?.close())

    describe.each(cases)('$name', (c) => {
      const { examples } = c
      const entity = c.entity.name
      let records: Known[]
      /** `@ann` in an example stands for the id of ann. */
      const real = <T>(value: T): T => JSON.parse(JSON.stringify(value), (_key, v: unknown) => (typeof v === 'string' && v.startsWith('@') ? (place.people[v.slice(1) as 'ann'] ?? v) : v)) as T
      const input = (i: number) => real(inputFor(c, examples.valid[i]!.input))
      const wire = (i: number) => real(wireOf(examples.valid[i]!))
      const count = async () => (await place.list(entity)).length

      beforeAll(async () => {
        records = []
        for (const i of examples.valid.keys()) records.push(await place.create(entity, { title: String(i), ...input(i) }))
        records.push(await place.create(entity, { title: 'nothing' }))
      })

      test('a value is given back in its canonical form', async () => {
        for (const i of examples.valid.keys()) {
          expect({ i, value: records[i]!.value }).toEqual({ i, value: wire(i) })
          expect({ i, record: await place.get(entity, records[i]!.id) }).toEqual({ i, record: records[i] })
        }
        const listed = await place.list(entity)
        if (!Array.isArray(wire(0)) || typeof (wire(0) as unknown[])[0] === 'string') expect(listed.map((r) => r.value)).toEqual(records.map((r) => r.value))
      })

      test('what does not fit is refused with its reason, and nothing is kept', async () => {
        const before = await count()
        for (const { input: bad, code } of examples.invalid) {
          const refused = await refusalOf(place.create(entity, { title: 'bad', value: real(bad) }))
          expect({ bad, status: refused.status, problems: refused.problems.map(({ path, code }) => ({ path: path.split('/').slice(0, 2).join('/'), code })) }).toEqual({ bad, status: 422, problems: [{ path: '/value', code }] })
        }
        expect(await count()).toBe(before)
      })

      test('a filter finds the same records in the store and in memory', async () => {
        const { catalog } = await place.model()
        const compiled = catalog.entities.get(entity)!
        const context = { me: place.people.ann, departments: [place.people.sales], today }
        const known = await Promise.all(records.map((r) => place.get(entity, r.id)))
        for (const { op, value, matches } of examples.filters) {
          const filter = { field: 'value', op, ...(value !== undefined && { value: real(value) }) } as Filter
          const expected = matches.map((i) => records[i]!.id)
          const found = (await place.list(entity, { filter, sort: 'id' })).map((r) => r.id)
          const { where, problems } = resolveFilter(filter, idTarget(compiled, catalog), context)
          const holds = recordMatcher(where, compiled.fields.values())
          const remembered = known.filter((r) => holds(r)).map((r) => r.id)
          expect({ op, value, problems, found: indexes(found), remembered: indexes(remembered) }).toEqual({ op, value, problems: [], found: indexes(expected), remembered: indexes(expected) })
        }
      })
      const indexes = (ids: string[]) => ids.map((id) => records.findIndex((r) => r.id === id)).sort((a, b) => a - b)

      test('sorting follows the order of the values', async () => {
        const compiled = (await place.model()).catalog.entities.get(entity)!.fields.get('value')!
        if (compiled.effectiveType.storage === 'json' || compiled.effectiveType.storage === 'rows') {
          expect(await refusalOf(place.list(entity, { sort: 'value' }))).toMatchObject({ status: 400, code: 'badRequest' })
          return
        }
        const up = await place.list(entity, { sort: 'value' })
        const down = await place.list(entity, { sort: '-value' })
        expect(up.map((r) => r.value)).toEqual(down.map((r) => r.value).reverse())
        expect(up.slice(0, nulls(up)).every((r) => r.value === null)).toBe(true)
        if (compiled.effectiveType.operators.includes('lt')) expect(up.map((r) => r.value)).toEqual([...up.slice(0, nulls(up)).map(() => null), ...ascending(up)])
      })
      const nulls = (found: Known[]) => found.filter((r) => r.value === null).length
      /** The examples are in ascending order; the record without input, if it has a value, goes among its equals. */
      const ascending = (found: Known[]) => examples.valid.map((_, i) => wire(i)).filter((v) => v !== null).flatMap((v, i, all) => (all.indexOf(v) === i ? found.filter((r) => r.value === v).map(() => v) : []))

      test('a count by value, and the extremes, agree with the records', async () => {
        const compiled = (await place.model()).catalog.entities.get(entity)!.fields.get('value')!
        const counting = place.aggregate(entity, { groupBy: ['value'], measures: [{ op: 'count' }] })
        if (['json', 'rows'].includes(compiled.effectiveType.storage)) { expect(await refusalOf(counting)).toMatchObject({ status: 400 }); return }
        const all = (await place.list(entity)).map((r) => r.value)
        const text = (value: unknown) => JSON.stringify(value)
        const expected = [...new Set(all.map(text))].map((key) => [key, all.filter((v) => text(v) === key).length])
        expect((await counting).map(({ keys, values }) => [text(keys[0]), values[0]]).sort()).toEqual(expected.sort())
        if (!compiled.effectiveType.operators.includes('lt')) return
        const [extremes] = await place.aggregate(entity, { groupBy: [], measures: [{ op: 'min', field: 'value' }, { op: 'max', field: 'value' }] })
        const given = examples.valid.map((_, i) => wire(i)).filter((v) => v !== null)
        const own = records.at(-1)!.value
        if (own === null) expect(extremes!.values).toEqual([given[0], given.at(-1)])
      })

      test('the cells of a file become values', async () => {
        const compiled = (await place.model()).catalog.entities.get(entity)!
        for (const { text, wire } of examples.cells ?? []) {
          const { input, problems } = fill({ value: { column: 'c' } }, compiled, { cells: new Map([['c', text]]), lookups: undefined as never, labelOf: () => label })
          expect(problems).toEqual([])
          expect({ text, value: (await place.create(entity, { title: 'imported', ...real(input) })).value }).toEqual({ text, value: real(wire) })
        }
      })

      test('people read it in both languages', async () => {
        const { effective, effectiveType } = (await place.model()).catalog.entities.get(entity)!.fields.get('value')!
        for (const language of ['en', 'zh'] as const) for (const { value } of records) {
          const text = effectiveType.format(value ?? null, effective, { language, title: (id) => `record ${id}` })
          expect(typeof text).toBe('string')
          expect(text).not.toMatch(/undefined|NaN|\[object/)
          if (value === null) expect(text).toBe('')
        }
      })

      test('a change, its emptying and a bad change', async () => {
        const { id } = await place.create(entity, { title: 'changed', ...input(0) })
        const created = await place.get(entity, id)
        const changed = await place.patch(entity, id, input(1))
        expect(changed.value).toEqual(numbered ? created.value : wire(1))
        if (!numbered) expect(changed.rev).toBe(created.rev + 1)
        expect(await place.get(entity, id)).toEqual(changed)
        expect(await place.patch(entity, id, input(1))).toMatchObject({ rev: changed.rev })

        for (const { input: bad, code } of examples.invalid.slice(0, 3)) {
          expect((await refusalOf(place.patch(entity, id, { value: real(bad) }))).problems).toEqual([expect.objectContaining({ code, path: expect.stringMatching(/^\/value(\/|$)/) as string })])
        }
        expect(await place.get(entity, id)).toEqual(changed)

        const emptied = await place.patch(entity, id, isComputed(c) ? { source: null, rows: [] } : { value: null })
        expect(await place.get(entity, id)).toEqual(emptied)
        expect(emptied.value).toEqual(numbered ? created.value : records.at(-1)!.value)
      })
      const numbered = 'numbered' in fieldTypes[c.type]

      test('the history says from what to what', async () => {
        const { id } = await place.create(entity, { title: 'remembered', ...input(0) })
        await place.patch(entity, id, input(1))
        const [second, first] = await place.history(entity, id)
        const of = (item: typeof first) => item?.changes.filter((change) => change.field === 'value')
        // Derived values can be derived again; a number is given once.
        const created = isEmpty(wire(0)) || (isComputed(c) && !numbered) ? [] : [{ field: 'value', from: null, to: numbered ? expect.any(String) : wire(0) }]
        expect((numbered ? of(second) : of(first))).toEqual(created)
        if (!isComputed(c)) expect(of(second)).toEqual([{ field: 'value', from: wire(0), to: wire(1) }])
      })
    })
  })
}
