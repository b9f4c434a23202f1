import type { Definition, Entity, Form, View } from '../../schemas/generated/types'
import { change } from '../../studio/editor/command'
import type { Documents } from '../../studio/editor/documents'
import { addField, counterpart, duplicateField, removeField, renameField, suggestedName, type Changes } from '../../studio/designers/entity/edits'
import { fieldTypeNames, newField, retyped } from '../../studio/designers/entity/field-kinds'
import { contextAt, expectedAt } from '../../studio/panels/expression/context'
import { complete } from '../../studio/panels/expression/complete'
import { namesFor } from '../../studio/panels/names'
import { compileCatalog } from '../../runtime/engine/catalog'
import { blankKinds, creation } from '../../studio/home/blanks'
import { compiledOf } from '../../studio/workspace/compiled'

const label = { en: 'L', zh: '标' }
const entity: Entity = {
  kind: 'entity', name: 'thing', label, titleField: 'name',
  fields: [
    { name: 'name', type: 'text', label },
    { name: 'amount', type: 'money', label: { en: 'Amount', zh: '金额' } },
    { name: 'parent', type: 'reference', entity: 'thing', label },
    { name: 'rows', type: 'lines', label, fields: [{ name: 'qty', type: 'integer', label }] },
  ],
}
const form: Form = { kind: 'form', name: 'thingEdit', entity: 'thing', label, purpose: 'edit', tabs: [
  { id: 'a', label, sections: [{ id: 'one', items: [{ field: 'name' }] }, { id: 'two', items: [{ field: 'amount' }] }, { id: 'list', items: [{ related: 'thing', via: 'parent', label, columns: ['name'] }] }] },
  { id: 'b', label, sections: [{ id: 'three', items: [{ field: 'rows' }] }] },
] }
const view = (name: string, order: number): View => ({ kind: 'view', name, entity: 'thing', label, type: 'table', order, columns: [{ field: 'name' }, { field: 'amount' }], sort: ['-amount'], filters: ['amount'], totals: ['amount'] })
const documents: Documents = { 'entity/thing': entity, 'form/thingEdit': form, 'view/second': view('second', 2), 'view/first': view('first', 1), 'role/boss': { kind: 'role', name: 'boss', label, grants: [] }, 'template/t': { kind: 'template', name: 't', version: '1.0.0', label, menu: [{ id: 'm', label, entities: ['thing'] }] } }
const applied = (changes: Changes, on = documents) => change(on, { key: 'do.edit' }, changes).execute(on)

test('a new field goes to the end of the last section with fields of the first tab and to the first table', () => {
  const field = newField('text', 'x_note', label)
  const after = applied(addField(documents, 'entity/thing', field, true))
  expect((after['entity/thing'] as Entity).fields.at(-1)).toEqual(field)
  expect((after['form/thingEdit'] as Form).tabs[0]!.sections[1]!.items).toEqual([{ field: 'amount' }, { field: 'x_note' }])
  expect((after['view/first'] as View).columns!.at(-1)).toEqual({ field: 'x_note' })
  expect(after['view/second']).toBe(documents['view/second'])
})

test('a sub-table is no column, and without the wish nothing but the entity changes', () => {
  const rows = newField('lines', 'x_rows', label)
  expect(applied(addField(documents, 'entity/thing', rows, true))['view/first']).toBe(documents['view/first'])
  expect(applied(addField(documents, 'entity/thing', rows, false))['form/thingEdit']).toBe(form)
})

test('removing an unpublished field takes it from the screens, and sections it leaves empty; other entities’ columns stay', () => {
  const after = applied(removeField(documents, 'entity/thing', ['fields', 1]))
  expect((after['entity/thing'] as Entity).fields.map((f) => f.name)).toEqual(['name', 'parent', 'rows'])
  expect((after['form/thingEdit'] as Form).tabs[0]!.sections.map((s) => s.id)).toEqual(['one', 'list'])
  expect(after['view/first']).toEqual({ ...view('first', 1), columns: [{ field: 'name' }], sort: undefined, filters: undefined, totals: undefined })
  const withoutName = applied(removeField(documents, 'entity/thing', ['fields', 0]))
  expect((withoutName['form/thingEdit'] as Form).tabs[0]!.sections.at(-1)!.items).toEqual(form.tabs[0]!.sections[2]!.items)
})

test('renaming follows to forms, columns, sorting, filters and totals', () => {
  const after = applied(renameField(documents, 'entity/thing', ['fields', 1], 'x_sum'))
  expect((after['form/thingEdit'] as Form).tabs[0]!.sections[1]!.items).toEqual([{ field: 'x_sum' }])
  expect(after['view/second']).toMatchObject({ columns: [{ field: 'name' }, { field: 'x_sum' }], sort: ['-x_sum'], filters: ['x_sum'], totals: ['x_sum'] })
})

test('a copy stands behind the original under a free x_ name', () => {
  const twice = applied(duplicateField(documents, 'entity/thing', ['fields', 1]))
  expect((applied(duplicateField(twice, 'entity/thing', ['fields', 1]), twice)['entity/thing'] as Entity).fields.map((f) => f.name))
    .toEqual(['name', 'amount', 'x_amount2', 'x_amount', 'parent', 'rows'])
})

test('names are suggested from English labels and are always free and valid', () => {
  expect(suggestedName('Delivery note', [])).toBe('x_deliveryNote')
  expect(suggestedName('Delivery note', ['x_deliveryNote'])).toBe('x_deliveryNote2')
  for (const odd of ['', '2nd try', '送货', '***', 'ÄÖ x']) expect(suggestedName(odd, [])).toMatch(/^x_[a-z][A-Za-z0-9]*$/)
})

test('the published counterpart of a field is found by name, also in sub-tables', () => {
  const moved: Entity = { ...entity, fields: [...entity.fields].reverse() }
  expect(counterpart(entity, moved, ['fields', 0])).toBe(entity.fields[3])
  expect(counterpart(entity, moved, ['fields', 0, 'fields', 0])?.name).toBe('qty')
  expect(counterpart(undefined, moved, ['fields', 0])).toBeUndefined()
})

test.each(fieldTypeNames)('a field can become %s and keeps what both types know', (type) => {
  const field = retyped({ name: 'x_a', type: 'text', label, required: true, maxLength: 5 }, type)
  expect(field).toMatchObject({ name: 'x_a', type, label, required: true })
})

describe('expressions', () => {
  const { catalog } = compileCatalog(Object.values(documents) as Definition[])
  const scope = (path: (string | number)[], document: Definition = entity) => ({ documents, document, path })
  const offered = (text: string, path: (string | number)[] = ['validations', 0, 'rule']) =>
    complete(text, text.length, contextAt(scope(path), catalog)!)?.items.map((i) => i.insert) ?? []

  test('fields, functions and members behind references are offered, the best match first', () => {
    expect(offered('am')[0]).toBe('amount')
    expect(offered('parent.am')[0]).toBe('amount')
    expect(offered('parent.parent.pa')).toEqual(['parent'])
    expect(offered('amount > su')).toContain('sum(')
    expect(offered(`name == 'am`)).toEqual([])
  })
  test('columns are offered inside their sub-table only', () => {
    expect(offered('qt', ['fields', 3, 'fields', 0, 'requiredWhen'])).toContain('qty')
    expect(offered('qt', ['fields', 0, 'requiredWhen'])).not.toContain('qty')
  })
  test('conditions must be true or false', () => {
    expect(expectedAt('Edge.when').kind).toBe('boolean')
    expect(expectedAt('FormulaField.formula').kind).toBe('any')
  })
})

test('names are those of the entity that is spoken of', () => {
  const at = (place: string, document: Definition, path: (string | number)[]) => namesFor(place, { documents, document, path })?.map((n) => n.value)
  expect(at('RelatedList.columns', form, ['tabs', 0, 'sections', 2, 'items', 0, 'columns'])).toContain('amount')
  expect(at('Entity.titleField', entity, ['titleField'])).toContain('name')
  expect(at('ReferenceField.entity', entity, ['fields', 2, 'entity'])).toEqual(['thing'])
  expect(at('Stage.id', entity, ['x'])).toBeUndefined()
})

test('a new entity can be published and used at once: a table, rights, a place in the menu', () => {
  const { id, changes } = creation('entity', { name: 'x_asset', label, roles: ['boss'] }, documents)
  const after = applied(changes)
  expect(id).toBe('entity/x_asset')
  expect(after['role/boss']).toMatchObject({ grants: [{ entity: 'x_asset', scope: 'all' }] })
  expect(after['template/t']).toMatchObject({ menu: [{ entities: ['thing', 'x_asset'] }] })
  const found = compileCatalog(Object.values(after) as Definition[]).problems.filter((p) => p.key.startsWith('x_asset') || p.key === 'boss' || p.key === 't')
  expect(found).toEqual([])
})

test.each(blankKinds.filter((kind) => kind !== 'pipeline'))('a new %s has no fault', (kind) => {
  const { changes } = creation(kind, { name: 'x_new', label, entity: 'thing', roles: [] }, documents)
  const before = compileCatalog(Object.values(documents) as Definition[]).problems
  expect(compileCatalog(Object.values(applied(changes)) as Definition[]).problems).toEqual(before)
})

test('a page that is opened on a draft which is not whole yet goes by what is published', () => {
  const unfinished = { ...entity, unique: [{ fields: ['name'], against: [{ entity: 'other' }] }] } as unknown as Entity
  const other: Entity = { kind: 'entity', name: 'other', label, titleField: 'name', fields: [{ name: 'name', type: 'text', label }] }
  const published: Documents = { ...documents, 'entity/other': other }
  const drawn = compiledOf({ ...published, 'entity/thing': unfinished }, published)
  expect([...drawn.catalog.entities.keys()]).toEqual(['thing', 'other'])
})
