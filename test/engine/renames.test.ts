/** A field under a new name: what speaks of it by a former one still means it, in every kind of document. */
import { compileCatalog, fieldOf, identified, presentNames } from '../../runtime/engine'
import type { Action, Definition, Entity, Form, Pipeline, Role, View } from '../../schemas/generated/types'
import { systemDefinitions } from '../../schemas/system'
import { entity, field, label, role } from '../support/catalog'
import { approved, ask, flow, start } from '../support/flows'

const deal = entity('deal', [
  field('text', 'name'), field('integer', 'quantity', { uid: 'qty', aliases: ['qty', 'count'] }), field('money', 'price'), field('reference', 'client', { uid: 'customer', aliases: ['customer'], entity: 'customer', copy: { qty: 'size' } }),
  field('formula', 'total', { formula: 'qty * price + [1, 2].map(qty, qty)[0] + customer.size', result: { type: 'money' } }),
  field('lines', 'rows', { fields: [field('integer', 'n'), field('formula', 'm', { formula: 'n * qty', result: { type: 'decimal' } })] }),
  field('enum', 'mode', { optionsFrom: 'pipelines' }), field('enum', 'stage', { optionsFrom: 'stages' }), field('enum', 'status', { options: [{ value: 'open', label }, { value: 'won', label }] }),
], { titleField: 'qty', unique: [{ fields: ['qty', 'name'] }], indexes: [['count']], validations: [{ id: 'v', rule: 'qty > 0 && count < 9', message: label, field: 'qty' }], pipeline: { pipelineField: 'mode', stageField: 'stage', statusField: 'status' } })
const customer = entity('customer', [field('text', 'name'), field('integer', 'scale', { uid: 'size', aliases: ['size'] }), field('rollup', 'sum', { rollup: { entity: 'deal', via: 'customer', op: 'sum', field: 'qty', filter: { field: 'count', op: 'gt', value: 1 } } })])
const form: Form = { kind: 'form', name: 'f', entity: 'deal', label, purpose: 'edit', tabs: [{ id: 't', label, sections: [{ id: 's', items: [{ field: 'qty' }] }] }] }
const view: View = { kind: 'view', name: 'v', entity: 'deal', label, type: 'table', columns: [{ field: 'qty' }], sort: ['-count', 'name'], filters: ['qty'], filter: { and: [{ field: 'customer.size', op: 'gt', value: 1 }, { not: { field: 'qty', op: 'empty' } }] } }
const action: Action = { kind: 'action', name: 'a', entity: 'deal', label, condition: 'qty == 1', steps: [{ id: 's', kind: 'setField', values: { qty: 'count + 1' } }] }
const pipeline: Pipeline = { kind: 'pipeline', name: 'p', entity: 'deal', label, stages: [{ id: 'a', label, category: 'open', requiredFields: ['qty'], exitCriteria: [{ id: 'x', rule: 'customer.size > qty', message: label }] }, { id: 'b', label, category: 'won' }] }
const seller: Role = role('seller', { grants: [{ entity: 'deal', verbs: ['read'], scope: 'all', fields: { qty: 'hidden' } }] })
const check = { ...flow([start, ask('boss', 'ann'), approved], ['start > boss', 'boss > approved']), name: 'c', entity: 'deal', trigger: { when: 'qty > 1' } }
const documents: Definition[] = [...systemDefinitions, deal, customer, form, view, action, pipeline, seller, check]

test('documents with former names hold together, and every such place is a warning', () => {
  const { problems, warnings } = compileCatalog(documents)
  expect(problems).toEqual([])
  expect(warnings.filter((w) => w.code === 'formerName').map((w) => `${w.kind} ${w.key} ${w.path} ${String(w.params!.name)}`).sort()).toEqual([
    'action deal.a /condition qty', 'action deal.a /steps/0/values/qty count', 'action deal.a /steps/0/values/qty qty',
    'entity customer /fields/2/rollup/field qty', 'entity customer /fields/2/rollup/filter/field count', 'entity customer /fields/2/rollup/via customer',
    'entity deal /fields/3/copy/qty qty', 'entity deal /fields/3/copy/qty size', 'entity deal /fields/4/formula customer', 'entity deal /fields/4/formula qty', 'entity deal /fields/4/formula size', 'entity deal /fields/5/fields/1/formula qty',
    'entity deal /indexes/0/0 count', 'entity deal /titleField qty', 'entity deal /unique/0/fields/0 qty', 'entity deal /validations/0/field qty', 'entity deal /validations/0/rule count', 'entity deal /validations/0/rule qty',
    'flow c /trigger/when qty', 'form f /tabs/0/sections/0/items/0/field qty', 'pipeline p /stages/0/exitCriteria/0/rule customer', 'pipeline p /stages/0/exitCriteria/0/rule qty', 'pipeline p /stages/0/exitCriteria/0/rule size', 'pipeline p /stages/0/requiredFields/0 qty',
    'role seller /grants/0/fields/qty qty', 'view v /columns/0/field qty', 'view v /filter/and/0/field customer', 'view v /filter/and/0/field size', 'view v /filter/and/1/not/field qty', 'view v /filters/0 qty', 'view v /sort/0 count',
  ].sort())
})

test('what is compiled speaks present names only; the documents stay as they are', () => {
  const before = JSON.stringify(documents)
  const { catalog } = compileCatalog(documents)
  expect(JSON.stringify(documents)).toBe(before)
  const [a] = catalog.actions.get('deal')!
  expect(a).toMatchObject({ condition: 'quantity == 1', steps: [{ values: { quantity: 'quantity + 1' } }] })
  expect(catalog.views.get('deal')![0]).toMatchObject({ columns: [{ field: 'quantity' }], sort: ['-quantity', 'name'], filter: { and: [{ field: 'client.scale' }, { not: { field: 'quantity' } }] } })
  const compiled = catalog.entities.get('deal')!
  expect(compiled.definition).toMatchObject({ titleField: 'quantity', unique: [{ fields: ['quantity', 'name'] }], validations: [{ rule: 'quantity > 0 && quantity < 9', field: 'quantity' }] })
  // A variable of a macro is not the field of that name.
  expect(compiled.fields.get('total')!.definition).toMatchObject({ formula: 'quantity * price + [1, 2].map(qty, qty)[0] + client.scale' })
  expect(catalog.roles.get('seller')!.grants[0]!.fields).toEqual({ quantity: 'hidden' })
  expect(compileCatalog(catalog.documents).warnings.filter((w) => w.code === 'formerName')).toEqual([])
})

test('input with a former name is that of the field; the present name wins', () => {
  const compiled = compileCatalog(documents).catalog.entities.get('deal')!
  expect(presentNames(compiled, { qty: 1, name: 'x' })).toEqual({ quantity: 1, name: 'x' })
  expect(presentNames(compiled, { qty: 1, quantity: 2 })).toEqual({ quantity: 2 })
  expect(fieldOf(compiled, 'count')?.name).toBe('quantity')
})

test('a former name stays taken', () => {
  const twice: Entity = { ...customer, fields: [...customer.fields, field('text', 'size')] }
  expect(compileCatalog([...systemDefinitions, twice, deal]).problems.map((p) => `${p.path} ${p.code}`)).toContain('/fields/1/aliases/0 aliasTaken')
})

test('names of the past are kept from version to version, and given up when taken out or when it is the name again', () => {
  const [first, second] = [entity('e', [field('text', 'a', { uid: 'a' })]), entity('e', [field('text', 'b', { uid: 'a' })])]
  const renamed = identified(second, first)
  expect(renamed.fields[0]).toMatchObject({ name: 'b', uid: 'a', aliases: ['a'] })
  expect(identified(entity('e', [{ ...renamed.fields[0]!, name: 'c' }]), renamed).fields[0]!.aliases).toEqual(['a', 'b'])
  expect(identified(entity('e', [{ ...renamed.fields[0]!, name: 'a' }]), renamed).fields[0]!.aliases).toEqual(['b'])
  expect(identified(second, renamed).fields[0]!.aliases).toEqual(['a'])
  expect(identified(entity('e', [{ ...second.fields[0]!, aliases: [] }]), renamed).fields[0]!.aliases).toBeUndefined()
})

test('a new field never gets the column of another one', () => {
  expect(identified(entity('e', [field('text', 'a')]), undefined, new Set(['a', 'a_2'])).fields[0]!.uid).toBe('a_3')
  const before = entity('e', [field('text', 'b', { uid: 'a' })])
  expect(identified(entity('e', [...before.fields, field('text', 'a')]), before).fields.map((f) => f.uid)).toEqual(['a', 'a_2'])
})
