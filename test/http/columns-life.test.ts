/** Columns of sub-tables live like fields: renamed, retyped, removed, mapped, while records are there. */
import type { WireRecord } from '../../runtime/engine'
import type { Definition, Entity, Field, LinesField, View } from '../../schemas/generated/types'
import { entity, field, label, role } from '../support/catalog'
import type { Client } from '../support/client'
import { faults, studioOf } from '../support/drafts'
import { startTestHost, type TestHost } from '../support/host'

const options = (...values: string[]) => values.map((value) => ({ value, label }))
const parts = (...columns: Field[]) => field('lines', 'parts', { fields: columns })
const view: View = { kind: 'view', name: 'orders', entity: 'order', label, type: 'table', columns: [{ field: 'name' }], filter: { field: 'parts.qty', op: 'gt', value: 0 } }
const documents: Definition[] = [
  entity('order', [
    field('text', 'name', { required: true }),
    parts(field('text', 'thing'), field('text', 'qty'), field('money', 'price'), field('enum', 'size', { options: options('small', 'large') }), field('multiEnum', 'tags', { options: options('new', 'old') }), field('formula', 'worth', { formula: 'price * 2', result: { type: 'money' } })),
    field('rollup', 'large', { rollup: { lines: 'parts', op: 'sum', field: 'price', filter: { field: 'size', op: 'eq', value: 'large' } } }),
    field('formula', 'sizes', { formula: 'size(parts.filter(p, p.size == "large"))', result: { type: 'integer' } }),
  ]),
  role('builder', { capabilities: ['studio'], grants: [{ entity: 'order', verbs: ['create', 'read', 'update', 'delete'], scope: 'all' }] }),
  role('worker', { grants: [{ entity: 'order', verbs: ['create', 'read', 'update'], scope: 'all', condition: { field: 'parts.thing', op: 'notEmpty' } }] }),
]

let host: TestHost
let ann: Client
let bob: Client
let studio: ReturnType<typeof studioOf>
let made: WireRecord
beforeEach(async () => {
  host = await startTestHost({ documents })
  await host.addUser({ username: 'ann', roles: ['builder'] })
  await host.addUser({ username: 'bob', roles: ['worker'] })
  ann = await host.signIn('ann')
  bob = await host.signIn('bob')
  studio = studioOf(ann)
  made = await ann.create('order', { name: 'a', parts: [{ id: 'r1', thing: 'magnet', qty: '7', price: '2', size: 'large', tags: ['new', 'old'] }, { id: 'r2', thing: 'coil', qty: '3', price: '1', size: 'small', tags: ['new'] }] })
})
afterEach(() => host?.close())

const column = (name: string, edit: (column: Field) => Partial<Field> | undefined) =>
  studio.editField('order', 'parts', (table) => ({ ...table, fields: (table as LinesField).fields.flatMap((c) => { if (c.name !== name) return [c]; const next = edit(c); return next ? [{ ...c, ...next }] : [] }) }) as Field)
const rows = async (id = made.id!) => (await ann.read('order', id)).parts as WireRecord[]
const renamed = async (...names: [from: string, to: string][]) => {
  await studio.editField('order', 'parts', (table) => ({ ...table, fields: (table as LinesField).fields.map((c) => ({ ...c, name: names.find(([from]) => from === c.name)?.[1] ?? c.name })) }) as Field)
  return ann.must(studio.publish())
}

describe('a new name', () => {
  test('the former one still works: in input, filters, rights, roll-ups, formulas, views, history', async () => {
    await renamed(['thing', 'part'], ['price', 'cost'], ['size', 'extent'])
    expect(await ann.read('order', made.id!)).toMatchObject({ rev: 1, large: '2.00', sizes: 1, parts: [{ id: 'r1', part: 'magnet', cost: '2.00', extent: 'large', worth: '4.00' }, { id: 'r2', part: 'coil', extent: 'small' }] })
    await bob.must(bob.patch(`/records/order/${made.id}`, { parts: [{ id: 'r1', thing: 'iron', price: '3', size: 'large' }, { id: 'r2', part: 'coil', cost: '5', extent: 'large', size: 'ignored' }] }))
    expect(await bob.read('order', made.id!)).toMatchObject({ large: '8.00', sizes: 2, parts: [{ part: 'iron', cost: '3.00', worth: '6.00' }, { cost: '5.00' }] })
    const found = async (name: string, value: string) => (await bob.list('order', {}, { field: name, op: 'eq', value } as never)).items.length
    expect([await found('parts.thing', 'iron'), await found('parts.part', 'iron'), await found('parts.thing', 'magnet')]).toEqual([1, 1, 0])
    const { items } = await ann.must(ann.get<{ items: { id: string; changes: { field: string; from: WireRecord[] }[] }[] }>(`/records/order/${made.id}/history`))
    expect(items.at(-1)!.changes.find((c) => c.field === 'parts')).toMatchObject({ to: [{ part: 'magnet' }, { part: 'coil' }] })
    await ann.must(ann.post(`/records/order/${made.id}/history/${items[0]!.id}/restore`))
    expect(await rows()).toMatchObject([{ part: 'magnet', cost: '2.00' }, { part: 'coil', cost: '1.00' }])
  })

  test('it is told as a warning at every place, kept in the definition, and given up when it is taken out', async () => {
    await ann.must(ann.put('/definitions/view/orders', { ...view, filter: { field: 'parts.thing', op: 'eq', value: 'x' } }))
    await renamed(['thing', 'part'], ['price', 'cost'], ['size', 'extent'])
    expect(((await studio.published<Entity>('entity', 'order')).definition.fields[1] as LinesField).fields[0]).toMatchObject({ name: 'part', uid: 'thing', aliases: ['thing'] })
    const { warnings } = await ann.must(ann.post<{ warnings: object[] }>('/definitions/validate'))
    expect(faults(warnings)).toEqual([
      'entity order /fields/1/fields/5/formula formerName', 'entity order /fields/2/rollup/field formerName', 'entity order /fields/2/rollup/filter/field formerName', 'entity order /fields/3/formula formerName',
      'role worker /grants/0/condition/field formerName', 'view orders /filter/field formerName',
    ])
    await column('part', () => ({ aliases: [] }))
    expect(faults((await studio.publish()).body.problems)).toEqual(['role worker /grants/0/condition badFilter', 'view orders /filter badFilter'])
  })

  test('nothing else can take it, and every place that uses a column is found', async () => {
    await renamed(['thing', 'part'])
    await studio.editField('order', 'parts', (table) => ({ ...table, fields: [...(table as LinesField).fields, field('text', 'thing')] }) as Field)
    expect(faults((await studio.publish()).body.problems)).toContain('entity order /fields/1/fields/0/aliases/0 aliasTaken')
    await studio.discard('entity', 'order')
    const uses = async (name: string) => faults((await ann.must(ann.get<{ items: object[] }>('/definitions/entity/order/where-used', { field: name }))).items)
    expect(await uses('parts.size')).toEqual(['entity order /fields/2/rollup/filter/field undefined', 'entity order /fields/3/formula undefined'])
    expect(await uses('parts.price')).toEqual(['entity order /fields/1/fields/5/formula undefined', 'entity order /fields/2/rollup/field undefined'])
    expect(await uses('parts.thing')).toEqual(['role worker /grants/0/condition/field undefined'])
  })
})

describe('another type', () => {
  test('values are converted; those that do not fit are listed and emptied only by choice, the former ones kept', async () => {
    await ann.create('order', { name: 'b', parts: [{ thing: 'x', qty: 'some' }, { thing: 'y', qty: '4' }] })
    await column('qty', () => ({ type: 'integer' }))
    const refused = (await studio.publish()).body
    expect(faults(refused.problems)).toEqual(['entity order /fields/1/fields/1/type cannotConvert'])
    expect(refused.problems![0]!.params).toMatchObject({ at: 'parts.qty', count: 1, rows: [{ title: 'b', value: 'some', problem: { path: '/parts/0/qty' } }] })
    await ann.must(studio.publish({ decisions: { types: [{ entity: 'order', field: 'parts.qty', failing: 'empty' }] } }))
    expect(await rows()).toMatchObject([{ id: 'r1', qty: 7, thing: 'magnet', price: '2.00', worth: '4.00', tags: ['new', 'old'] }, { id: 'r2', qty: 3 }])
    expect(await ann.read('order', made.id!)).toMatchObject({ rev: 1, large: '2.00' })
    expect((await ann.list('order', {}, { field: 'parts.qty', op: 'gt', value: 5 } as never)).items).toMatchObject([{ name: 'a' }])
    const { items } = await ann.must(ann.get<{ items: { id: string; kind: string; key: string; uid: string }[] }>('/trash'))
    expect(items).toMatchObject([{ kind: 'retyped', key: 'order', uid: 'parts' }])
    // The former rows come back beside the present ones.
    await ann.must(ann.post(`/trash/${items[0]!.id}/restore`))
    await ann.must(studio.publish())
    expect((await ann.read('order', made.id!)).partsFormer).toMatchObject([{ id: 'r1', qty: '7' }, { id: 'r2', qty: '3' }])
  })

  test('what is computed from it is computed anew', async () => {
    await column('price', () => ({ scale: 4 }) as never)
    await ann.must(studio.publish())
    expect(await ann.read('order', made.id!)).toMatchObject({ large: '2.0000', parts: [{ price: '2.0000', worth: '4.00' }, { price: '1.0000' }] })
    expect((await ann.patch(`/records/order/${made.id}`, { parts: [{ id: 'r1', thing: 'm', price: '0.0001', size: 'large' }] })).body).toMatchObject({ large: '0.0001' })
  })
})

describe('a column that goes', () => {
  const removed = async (name: string) => {
    await column(name, () => ({ hidden: true }))
    await ann.must(studio.publish())
    await column(name, () => undefined)
    return studio.publish()
  }

  test('is hidden first; it stays while anything uses it', async () => {
    await column('tags', () => undefined)
    expect(faults((await studio.publish()).body.problems)).toEqual(['entity order /fields/1/fields fieldRemoved'])
    expect(faults((await removed('price')).body.problems)).toEqual(['entity order /fields/1/fields/4/formula badExpression', 'entity order /fields/2/rollup/field noSuchField'])
  })

  test('its values stay in the trash with their rows; a new column of the name begins empty', async () => {
    await ann.must(removed('tags'))
    expect((await rows())[0]).not.toHaveProperty('tags')
    expect((await ann.patch(`/records/order/${made.id}`, { parts: [{ id: 'r1', thing: 'magnet', tags: ['new'] }] })).body).toMatchObject({ code: 'unknownField' })
    await ann.must(ann.patch(`/records/order/${made.id}`, { parts: [{ id: 'r1', thing: 'magnet' }] }))
    await studio.editField('order', 'parts', (table) => ({ ...table, fields: [...(table as LinesField).fields, field('text', 'tags')] }) as Field)
    await ann.must(studio.publish())
    expect((await rows())[0]).toMatchObject({ tags: null })
    const { items } = await ann.must(ann.get<{ items: { id: string }[] }>('/trash'))
    await ann.must(ann.post(`/trash/${items[0]!.id}/restore`))
    await ann.must(studio.publish())
    expect((await ann.read('order', made.id!)).partsFormer).toMatchObject([{ id: 'r1', tags: ['new', 'old'] }, { id: 'r2', tags: ['new'] }])
  })

  test('comes back into its sub-table with its values; rows that are new have none', async () => {
    await ann.must(removed('tags'))
    await ann.must(ann.patch(`/records/order/${made.id}`, { parts: [{ id: 'r3', thing: 'new' }, { id: 'r1', thing: 'iron', price: '5' }] }))
    const [entry] = (await ann.must(ann.get<{ items: { id: string; kind: string; uid: string }[] }>('/trash'))).items
    expect(entry).toMatchObject({ kind: 'columns', key: 'order', uid: 'parts' })
    await ann.must(ann.post(`/trash/${entry!.id}/restore`))
    await ann.must(studio.publish())
    expect(await rows()).toMatchObject([{ id: 'r3', thing: 'new', tags: null }, { id: 'r1', thing: 'iron', price: '5.00', tags: ['new', 'old'] }])
    expect((await ann.must(ann.get<{ items: object[] }>('/trash'))).items).toMatchObject([{ status: 'restored' }])
    expect((await ann.must(ann.get<{ items: object[] }>('/data-changes'))).items).toContainEqual(expect.objectContaining({ kind: 'restoreColumns', status: 'done' }))
    // It is a column like any other again.
    await column('tags', () => ({ hidden: undefined }))
    await ann.must(studio.publish())
    await ann.must(ann.patch(`/records/order/${made.id}`, { parts: [{ id: 'r1', thing: 'iron', tags: ['new'] }] }))
    expect(await rows()).toMatchObject([{ id: 'r1', tags: ['new'] }])
    await ann.must(removed('tags'))
    expect((await rows())[0]).not.toHaveProperty('tags')
  })

  test('can be purged', async () => {
    await ann.must(removed('tags'))
    const { items } = await ann.must(ann.get<{ items: { id: string }[] }>('/trash'))
    await ann.must(ann.post(`/trash/${items[0]!.id}/purge`))
    expect((await ann.must(ann.get<{ items: object[] }>('/trash'))).items).toMatchObject([{ status: 'purged', body: null }])
    expect(await rows()).toMatchObject([{ id: 'r1', thing: 'magnet' }, { id: 'r2' }])
  })

  test('comes back hidden when the version that added it is undone', async () => {
    await studio.editField('order', 'parts', (table) => ({ ...table, fields: [...(table as LinesField).fields, field('text', 'note', { required: true })] }) as Field)
    const { number } = await ann.must(studio.publish())
    await ann.must(ann.patch(`/records/order/${made.id}`, { parts: [{ id: 'r1', thing: 'magnet', note: 'kept' }] }))
    await ann.must(ann.post(`/releases/${number}/rollback`, { wait: true }))
    expect(((await studio.published<Entity>('entity', 'order')).definition.fields[1] as LinesField).fields.at(-1)).toMatchObject({ name: 'note', hidden: true })
    expect(await rows()).toMatchObject([{ note: 'kept' }])
    await ann.must(ann.patch(`/records/order/${made.id}`, { parts: [{ id: 'r1', thing: 'magnet' }] }))
  })
})

describe('a release that took columns away is undone', () => {
  const entries = async () => (await ann.must(ann.get<{ items: { id: string; kind: string; uid: string; status: string }[] }>('/trash'))).items
  const withoutTags = async (edit: (column: Field) => object = () => ({})) => {
    await column('tags', () => ({ hidden: true }))
    await ann.must(studio.publish())
    await studio.editField('order', 'parts', (table) => ({ ...table, fields: (table as LinesField).fields.flatMap((c) => (c.name === 'tags' ? [] : [{ ...c, ...edit(c) }])) }) as Field)
    return studio.publish({ decisions: { types: [{ entity: 'order', field: 'parts.qty', failing: 'empty' }] } })
  }
  const changed = () => ann.must(ann.patch(`/records/order/${made.id}`, { parts: [{ id: 'r3', thing: 'new' }, { id: 'r1', thing: 'iron', price: '5' }] }))

  test('they come back in place with their values; what was edited since stays edited', async () => {
    const { number } = await ann.must(withoutTags())
    await changed()
    await ann.must(ann.post(`/releases/${number}/rollback`, { wait: true }))
    expect(await rows()).toMatchObject([{ id: 'r3', thing: 'new', tags: null }, { id: 'r1', thing: 'iron', price: '5.00', tags: ['new', 'old'] }])
    expect(await entries()).toMatchObject([{ kind: 'columns', status: 'restored' }])
  })

  test('also when it changed the type of others: these keep their present values, the former ones stay in the trash', async () => {
    const other = await ann.create('order', { name: 'b', parts: [{ id: 's1', thing: 'x', qty: 'some', tags: ['old'] }] })
    const { number } = await ann.must(withoutTags((c) => (c.name === 'qty' ? { type: 'integer' } : {})))
    await ann.must(ann.patch(`/records/order/${made.id}`, { parts: [{ id: 'r1', qty: 8 }, { id: 'r2', qty: 3 }] }))
    await ann.must(ann.post(`/releases/${number}/rollback`, { wait: true }))
    expect(await rows()).toMatchObject([{ id: 'r1', qty: '8', tags: ['new', 'old'] }, { id: 'r2', qty: '3', tags: ['new'] }])
    expect(await rows(other.id)).toMatchObject([{ id: 's1', qty: null, tags: ['old'] }])
    const former = (await entries()).find(({ uid }) => uid === 'parts')!
    expect(former).toMatchObject({ kind: 'retyped', status: 'kept' })
    await ann.must(ann.post(`/trash/${former.id}/restore`))
    await ann.must(studio.publish())
    expect((await ann.read('order', other.id)).partsFormer).toMatchObject([{ id: 's1', qty: 'some', tags: ['old'] }])
  })

  test('one version that is brought back as a draft brings them too; what was purged is gone', async () => {
    await ann.must(withoutTags())
    await ann.must(ann.post('/definitions/entity/order/rollback', { version: 1 }))
    await ann.must(studio.publish())
    expect((await rows())[0]).toMatchObject({ tags: ['new', 'old'] })
    const { number } = await ann.must(withoutTags())
    const [last] = (await entries()).filter(({ status }) => status === 'kept')
    await ann.must(ann.post(`/trash/${last!.id}/purge`))
    await ann.must(ann.post(`/releases/${number}/rollback`, { wait: true }))
    expect((await rows())[0]).toMatchObject({ tags: null })
  })
})

test('rows that a new demand or limit of a column speaks against are told before, whatever the column was called', async () => {
  await studio.editField('order', 'parts', (table) => ({ ...table, fields: [...(table as LinesField).fields.map((c) => (c.name === 'thing' ? { ...c, name: 'part', maxLength: 5 } : c.name === 'price' ? { ...c, min: '1.50', required: true } : c) as Field), field('text', 'maker', { required: true })] }) as Field)
  const impact = async () => (await ann.must(ann.get<{ items: { findings: object[] }[]; refusals: object[] }>('/definitions/drafts/impact')))
  expect((await impact()).items[0]!.findings).toMatchObject([
    { kind: 'columnTightened', path: '/fields/1/fields/0', field: 'parts.part', count: 1, rows: [{ id: made.id, value: 'magnet', problem: { code: 'tooLong', path: '/parts/0/part' } }] },
    { kind: 'columnTightened', path: '/fields/1/fields/2', field: 'parts.price', count: 1, rows: [{ value: '1.00', problem: { code: 'tooSmall', path: '/parts/1/price' } }] },
    { kind: 'columnRequiredAdded', path: '/fields/1/fields/6/required', field: 'parts.maker', count: 1, rows: [{ value: null, problem: { code: 'required', path: '/parts/0/maker' } }] },
  ])
  expect((await impact()).refusals).toEqual([])
  await ann.must(studio.publish())
})

test('records with more rows than a new limit allows are told before', async () => {
  await ann.create('order', { name: 'one', parts: [{ thing: 'x' }] })
  await ann.create('order', { name: 'none' })
  const impact = async () => (await ann.must(ann.get<{ items: { findings?: object[] }[]; refusals: object[] }>('/definitions/drafts/impact')))
  await studio.editField('order', 'parts', (table) => ({ ...table, maxRows: 1 }) as Field)
  expect(await impact()).toMatchObject({ refusals: [], items: [{ findings: [{ kind: 'tightened', path: '/fields/1', field: 'parts', count: 1, rows: [{ id: made.id, title: 'a', value: 2, problem: { code: 'tooMany', path: '/parts', params: { label: expect.anything() as object, limit: 1 } } }] }] }] })
  await ann.must(studio.publish())
  expect((await ann.patch(`/records/order/${made.id}`, { parts: [{ id: 'r1', thing: 'x' }, { id: 'r2', thing: 'y' }] })).body).toMatchObject({ code: 'tooMany' })
  await studio.editField('order', 'parts', (table) => ({ ...table, maxRows: 2 }) as Field)
  expect((await impact()).items[0]).not.toHaveProperty('findings')
})

test('options of columns that are in use are mapped row by row', async () => {
  await studio.editField('order', 'parts', (table) => ({ ...table, fields: (table as LinesField).fields.map((c) => (c.name === 'size' ? { ...c, options: options('large', 'huge') } : c.name === 'tags' ? { ...c, options: options('old') } : c)) }) as Field)
  expect(faults((await studio.publish()).body.problems)).toEqual(['entity order /fields/1/fields/3/options optionRemoved', 'entity order /fields/1/fields/4/options optionRemoved'])
  const map = (...list: [string, string, string | null][]) => ({ decisions: { options: list.map(([name, from, to]) => ({ entity: 'order', field: name, from, to })) } })
  await ann.must(studio.publish(map(['parts.size', 'small', 'huge'], ['parts.tags', 'new', null])))
  expect(await rows()).toMatchObject([{ id: 'r1', size: 'large', tags: ['old'] }, { id: 'r2', size: 'huge', tags: null }])
})
