/** Fields kept from a role that it learns from what is computed from them. */
import { compileCatalog, type DefinitionProblem } from '../../runtime/engine'
import type { Definition, Grant } from '../../schemas/generated/types'
import { systemDefinitions } from '../../schemas/system'
import { entity, field, role } from '../support/catalog'

const money = { result: { type: 'money' } }
const deal = entity('deal', [
  field('text', 'name'), field('reference', 'account', { entity: 'account' }), field('integer', 'qty'), field('money', 'price'), field('money', 'cost'),
  field('formula', 'total', { formula: 'qty * price', ...money }), field('formula', 'margin', { formula: 'total - cost', ...money }),
  field('lines', 'parts', { fields: [field('integer', 'count'), field('formula', 'worth', { formula: 'count * price', ...money })] }),
  field('rollup', 'worthOfParts', { rollup: { lines: 'parts', op: 'sum', field: 'worth' } }),
  field('formula', 'limit', { formula: 'account.credit', ...money }),
])
const account = entity('account', [field('text', 'name'), field('money', 'credit'), field('rollup', 'sold', { rollup: { entity: 'deal', via: 'account', op: 'sum', field: 'total' } })])
const all = (name: string, fields: Grant['fields'] = {}, verbs: Grant['verbs'] = ['read']): Grant => ({ entity: name, verbs, scope: 'all', fields })

function told(...grants: Grant[]): string[] {
  const documents: Definition[] = [deal, account, role('rep', { grants })]
  const { problems, warnings } = compileCatalog([...systemDefinitions, ...documents])
  expect(problems).toEqual([])
  return warnings.map(({ key, path, code, params }: DefinitionProblem) => `${key} ${path} ${code} ${String(params!.path)}`)
}

test('every computed field the role may read is named, with the way to it', () => {
  expect(told(all('deal', { price: 'hidden' }), all('account')).sort()).toEqual([
    'rep /grants/0/fields/price revealed deal.price → deal.parts', 'rep /grants/0/fields/price revealed deal.price → deal.parts → deal.worthOfParts',
    'rep /grants/0/fields/price revealed deal.price → deal.total', 'rep /grants/0/fields/price revealed deal.price → deal.total → account.sold', 'rep /grants/0/fields/price revealed deal.price → deal.total → deal.margin',
  ])
  expect(told(all('deal'), all('account', { credit: 'mask' }))).toEqual(['rep /grants/1/fields/credit revealed account.credit → deal.limit'])
})

test('what is kept too reveals nothing, but what is beyond it does', () => {
  expect(told(all('deal', { cost: 'hidden', margin: 'mask' }))).toEqual([])
  expect(told(all('deal', { price: 'mask', total: 'hidden', margin: 'hidden', parts: 'hidden', worthOfParts: 'hidden' }), all('account'))).toEqual(['rep /grants/0/fields/price revealed deal.price → deal.total → account.sold', 'rep /grants/0/fields/total revealed deal.total → account.sold'])
})

test('what the role may not read at all, or may read by another right, reveals nothing', () => {
  expect(told(all('account', { credit: 'hidden' }))).toEqual([])
  expect(told(all('account', { credit: 'hidden' }), all('deal', {}, ['create']))).toEqual([])
  expect(told(all('account', { credit: 'hidden' }), all('account'), all('deal'))).toEqual([])
  expect(told(all('account', { credit: 'read' }), all('deal'))).toEqual([])
})
