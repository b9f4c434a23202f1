/** A customization as operations: there and back, carried over to a newer version, in every kind of list that definitions have. */
import fc from 'fast-check'
import { applyOperation, applyOperations, mergeDocument, operationsBetween, pointerOf, type Operation } from '../../runtime/engine'

interface Item { id: string; label?: { en: string; zh: string }; size?: number; filter?: object; items?: Item[] }
interface Doc { name: string; label: { en: string; zh: string }; note?: string; fields: Item[]; sort?: string[]; loose?: number[] }

const word = fc.constantFrom('a', 'b', 'c', 'd', 'e/f', 'g~h')
const label = fc.record({ en: word, zh: word })
const unique = <T>(item: fc.Arbitrary<T>, id: (item: T) => string) => fc.uniqueArray(item, { selector: id, maxLength: 5 })
const leaf: fc.Arbitrary<Item> = fc.record({ id: word, label, size: fc.integer({ min: 0, max: 3 }), filter: fc.record({ field: word, value: word }) }, { requiredKeys: ['id'] })
const item: fc.Arbitrary<Item> = fc.record({ id: word, label, size: fc.integer({ min: 0, max: 3 }), items: unique(leaf, (i) => i.id) }, { requiredKeys: ['id'] })
const doc: fc.Arbitrary<Doc> = fc.record({ name: fc.constant('doc'), label, note: word, fields: unique(item, (i) => i.id), sort: unique(word, (w) => w), loose: fc.array(fc.integer({ min: 0, max: 2 }), { maxLength: 3 }) }, { requiredKeys: ['name', 'label', 'fields'] })

const within = (a: Operation, b: Operation) => `${a.target}/`.startsWith(`${b.target}/`) || `${b.target}/`.startsWith(`${a.target}/`)

describe('properties', () => {
  test('operations between two documents lead from the one to the other', () => {
    fc.assert(fc.property(doc, doc, (base, yours) => { expect(applyOperations(base, operationsBetween(base, yours))).toEqual(yours) }), { numRuns: 500 })
  })

  test('no operation speaks of a place by its number', () => {
    fc.assert(fc.property(doc, doc, (base, yours) => { for (const { target } of operationsBetween(base, yours)) expect(target).not.toMatch(/\/\d+(\/|$)/) }))
  })

  test('what only one of two changed is as they have it', () => {
    fc.assert(fc.property(doc, doc, (base, other) => {
      expect(mergeDocument(base, other, base)).toEqual({ document: other, conflicts: [], orphans: [] })
      expect(mergeDocument(base, base, other)).toEqual({ document: other, conflicts: [], orphans: [] })
      expect(mergeDocument(base, other, other)).toEqual({ document: other, conflicts: [], orphans: [] })
    }), { numRuns: 300 })
  })

  test('nothing of yours is lost: it is in the document, is a conflict or is an orphan; every conflict can be settled either way', () => {
    fc.assert(fc.property(doc, doc, doc, (base, theirs, yours) => {
      const { document, conflicts, orphans } = mergeDocument(base, theirs, yours)
      // Places aside: they speak of neighbours, and both may have changed those.
      const missing = operationsBetween(document, applyOperations(document, operationsBetween(base, yours).filter((o) => !orphans.includes(o) && o.op !== 'moveItem')))
      expect(missing.filter((o) => o.op !== 'moveItem')).toEqual([])
      for (const { theirs: t, yours: y } of conflicts) for (const operation of [t, y]) expect(typeof applyOperation(document, operation)).toBe('object')
    }), { numRuns: 300 })
  })

  test('edits of different places merge to the same whichever side makes them', () => {
    fc.assert(fc.property(doc, fc.array(fc.tuple(fc.nat(9), word, fc.boolean()), { maxLength: 6 }), (base, edits) => {
      const edit = (mine: boolean): Doc => ({ ...base, fields: base.fields.map((f, i) => edits.filter(([at, , side]) => at === i && side === mine).reduce((g, [, en]) => (mine ? { ...g, size: en.charCodeAt(0) } : { ...g, label: { en, zh: en } }), f)) })
      const [one, other] = [mergeDocument(base, edit(true), edit(false)), mergeDocument(base, edit(false), edit(true))]
      expect(one.conflicts).toEqual([])
      expect(one.document).toEqual(other.document)
      for (const o of [...operationsBetween(base, edit(true)), ...operationsBetween(base, edit(false))]) expect(operationsBetween(base, one.document).some((p) => within(o, p))).toBe(true)
    }))
  })
})

const named = (id: string, more: object = {}) => ({ id, label: { en: id, zh: id }, ...more })
/** Every kind of list in definitions, with two items and how an item of it is called. */
const lists: [what: string, document: (items: object[]) => object, item: (id: string) => object, target: string][] = [
  ['fields', (fields) => ({ fields }), (id) => ({ name: id, uid: id, type: 'text' }), '/fields/name:a'],
  ['columns of lines', (fields) => ({ fields: [{ name: 'rows', fields }] }), (id) => ({ name: id, type: 'text' }), '/fields/name:rows/fields/name:a'],
  ['options', (options) => ({ fields: [{ name: 'f', options }] }), (id) => ({ value: id }), '/fields/name:f/options/value:a'],
  ['stages', (stages) => ({ stages }), named, '/stages/id:a'],
  ['transitions', (transitions) => ({ transitions }), named, '/transitions/id:a'],
  ['form sections', (sections) => ({ tabs: [named('t', { sections })] }), named, '/tabs/id:t/sections/id:a'],
  ['items of a section', (items) => ({ tabs: [named('t', { sections: [named('s', { items })] })] }), (field) => ({ field }), '/tabs/id:t/sections/id:s/items/field:a'],
  ['related lists', (items) => ({ tabs: [named('t', { sections: [named('s', { items })] })] }), (related) => ({ related }), '/tabs/id:t/sections/id:s/items/related:a'],
  ['view columns', (columns) => ({ columns }), (field) => ({ field }), '/columns/field:a'],
  ['sort keys', (sort) => ({ sort }), (id) => id as never, '/sort/a'],
  ['flow nodes', (nodes) => ({ nodes }), named, '/nodes/id:a'],
  ['flow edges', (edges) => ({ edges }), (id) => ({ id, source: 'x', target: 'y' }), '/edges/id:a'],
  ['grants', (grants) => ({ grants }), (entity) => ({ entity, verbs: ['read'] }), '/grants/entity:a'],
  ['menu groups', (menu) => ({ menu }), named, '/menu/id:a'],
]

describe.each(lists)('%s', (_what, document, make, target) => {
  const of = (...ids: string[]) => document(ids.map(make))
  const kinds = (before: object, after: object) => operationsBetween(before, after).map(({ op, target: at }) => `${op} ${at}`)

  test('added, removed and moved by identity', () => {
    expect(kinds(of('b'), of('b', 'a'))).toEqual([`addItem ${target}`])
    expect(kinds(of('b', 'a'), of('b'))).toEqual([`removeItem ${target}`])
    expect(operationsBetween(of('a', 'b', 'c'), of('b', 'c', 'a'))).toEqual([expect.objectContaining({ op: 'moveItem', target, after: expect.stringMatching(/c$/) as string })])
  })

  test('theirs is added beside yours, what you moved stands behind its neighbour', () => {
    expect(mergeDocument(of('a', 'b'), of('a', 'n', 'b'), of('b', 'x', 'a'))).toEqual({ document: of('b', 'x', 'a', 'n'), conflicts: [], orphans: [] })
  })
})

describe('conflicts and orphans', () => {
  const base = { label: { en: 'Old', zh: '旧' }, fields: [{ name: 'a', type: 'text' }, { name: 'b', type: 'text' }, { name: 'c', type: 'text' }], filter: { field: 'a', op: 'eq', value: 1 } }
  const change = (label: string) => ({ ...base, label: { ...base.label, en: label } })
  const without = (name: string) => ({ ...base, fields: base.fields.filter((f) => f.name !== name) })
  const on = (name: string, more: object) => ({ ...base, fields: base.fields.map((f) => (f.name === name ? { ...f, ...more } : f)) })

  test('a value both changed: yours stands until theirs is chosen', () => {
    const { document, conflicts } = mergeDocument(base, change('Theirs'), change('Yours') as typeof base)
    expect({ document, conflicts }).toMatchObject({ document: { label: { en: 'Yours' } }, conflicts: [{ target: '/label/en', base: 'Old', yours: { value: 'Yours' }, theirs: { value: 'Theirs' } }] })
    expect(applyOperation(document, conflicts[0]!.theirs)).toEqual(change('Theirs'))
  })

  test('a filter is one value', () => {
    const { conflicts } = mergeDocument<object>(base, { ...base, filter: { ...base.filter, op: 'gt' } }, { ...base, filter: { ...base.filter, value: 2 } })
    expect(conflicts.map((c) => c.target)).toEqual(['/filter'])
  })

  test('changed there, removed here: either the item stays away or it stands as theirs', () => {
    const { document, conflicts } = mergeDocument<object>(base, on('b', { required: true }), without('b'))
    expect(document).toEqual(without('b'))
    expect(applyOperation(document, conflicts[0]!.theirs)).toEqual(on('b', { required: true }))
  })

  test('removed there, changed here: an orphan', () => {
    const { document, conflicts, orphans } = mergeDocument<object>(base, without('b'), on('b', { hidden: true }))
    expect({ document, conflicts, orphans }).toMatchObject({ document: without('b'), conflicts: [], orphans: [{ op: 'set', target: '/fields/name:b/hidden', value: true }] })
  })

  test('moved by both to different places; added by both with different contents', () => {
    const order = (...names: string[]) => ({ ...base, fields: names.map((name) => ({ name, type: 'text' })) })
    const moved = mergeDocument<object>(order('a', 'b', 'c', 'd'), order('b', 'a', 'c', 'd'), order('b', 'c', 'd', 'a'))
    expect(moved.conflicts.length + moved.orphans.length).toBeLessThanOrEqual(1)
    const added = mergeDocument<object>(base, { ...base, fields: [...base.fields, { name: 'x', type: 'date' }] }, { ...base, fields: [...base.fields, { name: 'x', type: 'text' }] })
    expect(added.conflicts).toMatchObject([{ target: '/fields/name:x', yours: { item: { type: 'text' } }, theirs: { item: { type: 'date' } } }])
  })

  test('whole documents: taken away, brought, and both', () => {
    const other = change('Other')
    expect(mergeDocument(base, undefined, base)).toMatchObject({ document: undefined, conflicts: [] })
    expect(mergeDocument(undefined, base, undefined)).toMatchObject({ document: base, conflicts: [] })
    expect(mergeDocument(base, undefined, other)).toMatchObject({ document: other, conflicts: [{ target: '', theirs: { op: 'set' } }] })
    expect(mergeDocument(base, other, undefined)).toMatchObject({ document: undefined, conflicts: [{ target: '', theirs: { value: other } }] })
  })

  test('a target is a place in the document as it is now', () => {
    expect(pointerOf(base, '/fields/name:c/type')).toBe('/fields/2/type')
    expect(pointerOf(base, '/fields/name:gone/type')).toBe('/fields')
  })
})
