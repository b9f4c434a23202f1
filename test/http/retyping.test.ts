/** Fields that get another type while records are there: widened by themselves, narrowed by choice, the former values kept. */
import type { Definition, Entity, Field } from '../../schemas/generated/types'
import { collections } from '../../server/model/collections'
import { resumeReleases } from '../../server/use-cases/publish-release'
import { entity, field, label, role } from '../support/catalog'
import type { Client } from '../support/client'
import { faults, studioOf } from '../support/drafts'
import { startTestHost, type TestHost } from '../support/host'

const options = (...values: string[]) => values.map((value) => ({ value, label: { en: value.toUpperCase(), zh: `${value}号` } }))
const documents: Definition[] = [
  entity('customer', [field('text', 'name', { required: true }), field('rollup', 'ordered', { rollup: { entity: 'deal', via: 'customer', op: 'sum', field: 'qty' } })]),
  entity('deal', [
    field('text', 'name', { required: true }), field('integer', 'qty'), field('text', 'note'), field('enum', 'size', { options: options('small', 'large') }), field('reference', 'customer', { entity: 'customer' }),
    field('text', 'code'), field('formula', 'total', { formula: 'qty * 2', result: { type: 'decimal' } }), field('lines', 'rows', { fields: [field('text', 'cell')] }),
  ], { unique: [{ fields: ['code'] }] }),
  { kind: 'view', name: 'deals', entity: 'deal', label, type: 'table', columns: [{ field: 'name' }, { field: 'qty' }], filter: { field: 'qty', op: 'gt', value: 0 } },
  role('builder', { capabilities: ['studio'], grants: ['customer', 'deal', 'user'].map((name) => ({ entity: name, verbs: ['create', 'read', 'update', 'delete'], scope: 'all' })) }),
]

let host: TestHost
let ann: Client
let studio: ReturnType<typeof studioOf>
beforeEach(async () => {
  host = await startTestHost({ documents })
  await host.addUser({ username: 'ann', roles: ['builder'] })
  ann = await host.signIn('ann')
  studio = studioOf(ann)
})
afterEach(() => host?.close())

const retype = (name: string, to: object) => studio.editField('deal', name, ({ name: own, label: told, aliases, uid }) => ({ name: own, label: told, uid, ...(aliases && { aliases }), ...to }) as Field)
const emptied = (...fields: string[]) => ({ decisions: { types: fields.map((name) => ({ entity: 'deal', field: name, failing: 'empty' })) } })
interface Entry { id: string; kind: string; uid: string; status: string }
const trash = async () => (await ann.must(ann.get<{ items: Entry[] }>('/trash'))).items
const listed = async (query: Record<string, string>) => (await ann.must(ann.get<{ items: { name: string }[] }>('/records/deal', query))).items
const where = (name: string, op: string, value: unknown) => ({ filter: JSON.stringify({ field: name, op, value }) })

describe('widened', () => {
  test('whole numbers become decimals: values, filters, sorts, formulas and sums follow; revisions stay', async () => {
    const customer = await ann.create('customer', { name: 'c' })
    const made = await ann.create('deal', { name: 'a', qty: 7, customer: customer.id })
    await ann.create('deal', { name: 'b', qty: 30, customer: customer.id })
    const binned = await ann.create('deal', { name: 'binned', qty: 5, customer: customer.id })
    await ann.must(ann.delete(`/records/deal/${binned.id}`))
    await retype('qty', { type: 'decimal', scale: 3 })
    await ann.must(studio.publish())
    expect(await ann.read('deal', made.id)).toMatchObject({ qty: '7.000', total: '14.00', rev: 1 })
    expect(await ann.read('customer', customer.id)).toMatchObject({ ordered: '37.000', rev: 1 })
    await ann.must(ann.patch(`/records/deal/${made.id}`, { qty: '7.125' }))
    expect(await ann.read('customer', customer.id)).toMatchObject({ ordered: '37.125' })
    expect(await listed({ ...where('qty', 'gt', '7.1'), sort: '-qty', fields: 'name' })).toMatchObject([{ name: 'b' }, { name: 'a' }])
    expect(await listed({ view: 'deals', fields: 'name' })).toHaveLength(2)
    await ann.must(ann.post(`/records/deal/${binned.id}/restore`))
    expect(await ann.read('deal', binned.id)).toMatchObject({ qty: '5.000' })
    expect((await ann.must(ann.get<{ items: object[] }>('/data-changes'))).items).toContainEqual(expect.objectContaining({ kind: 'convert', status: 'done', release: 2, params: expect.objectContaining({ fields: ['deal.qty', 'customer.ordered'] }) }))
  })

  test('a choice and a reference become many; a text becomes a long one, found and sorted as before', async () => {
    const customer = await ann.create('customer', { name: 'c' })
    const made = await ann.create('deal', { name: 'a', size: 'large', note: '合同乙', customer: customer.id })
    await ann.create('deal', { name: 'b', note: '合同甲' })
    await studio.change<Definition & { kind: 'entity' }>('entity', 'customer', (d) => ({ ...d, fields: d.fields.map((f) => (f.name === 'ordered' ? { ...f, hidden: true } : f)) }))
    await ann.must(studio.publish())
    await studio.change<Definition & { kind: 'entity' }>('entity', 'customer', (d) => ({ ...d, fields: d.fields.filter((f) => f.name !== 'ordered') }))
    await ann.must(studio.publish())
    await retype('size', { type: 'multiEnum', options: options('small', 'large') })
    await ann.must(studio.publish())
    await retype('customer', { type: 'multiReference', entity: 'customer' })
    await ann.must(studio.publish())
    await retype('note', { type: 'longText', searchable: true })
    await ann.must(studio.publish())
    expect(await ann.read('deal', made.id)).toMatchObject({ size: ['large'], note: '合同乙', customer: [customer.id], rev: 1 })
    expect(await listed(where('note', 'contains', '合同乙'))).toMatchObject([{ name: 'a' }])
    expect(await listed(where('size', 'contains', 'large'))).toMatchObject([{ name: 'a' }])
  })

  test('what must be unique stays so', async () => {
    const made = await ann.create('deal', { name: 'a', code: '7' })
    await retype('code', { type: 'integer' })
    await ann.must(studio.publish())
    expect(await ann.read('deal', made.id)).toMatchObject({ code: 7 })
    expect((await ann.post('/records/deal', { name: 'b', code: 7 })).body).toMatchObject({ status: 409, code: 'duplicate' })
    await ann.create('deal', { name: 'b', code: 8 })
  })

  test('values that the new type cannot tell apart stop it, and nothing is changed', async () => {
    await ann.create('deal', { name: 'a', code: '7' })
    const other = await ann.create('deal', { name: 'b', code: '07' })
    await retype('code', { type: 'integer' })
    expect(faults((await studio.publish()).body.problems)).toEqual(['entity deal /unique duplicateData'])
    expect(await ann.read('deal', other.id)).toMatchObject({ code: '07' })
    expect((await ann.must(ann.get<{ items: object[] }>('/data-changes'))).items).toEqual([])
    await ann.must(ann.patch(`/records/deal/${other.id}`, { code: '8' }))
    await ann.must(studio.publish())
    expect(await ann.read('deal', other.id)).toMatchObject({ code: 8 })
  })
})

test('the preview reads records once for all that it tells of them', async () => {
  await ann.create('deal', { name: 'a', qty: 7, code: 'x' })
  await studio.change<Entity>('entity', 'deal', (d) => ({ ...d, fields: d.fields.map((f) => (f.name === 'note' ? { ...f, required: true } : f.name === 'code' ? field('integer', 'code') : f)) }))
  const { store } = host.services
  const find = store.find.bind(store)
  let pages = 0
  store.find = (collection, query) => { if (collection.name === 'r_deal') pages++; return find(collection, query) }
  const { items, refusals } = await ann.must(ann.get<{ items: { findings: { kind: string }[] }[]; refusals: { code: string }[] }>('/definitions/drafts/impact'))
  expect([items[0]!.findings.map((f) => f.kind), refusals.map((r) => r.code), pages]).toEqual([['requiredAdded', 'retyped'], ['cannotConvert'], 2])
})

describe('narrowed', () => {
  test('values that do not fit are told before; they are emptied when that is chosen, and can be brought back', async () => {
    const good = await ann.create('deal', { name: 'good', note: '12' })
    const bad = await ann.create('deal', { name: 'bad', note: 'a dozen' })
    await retype('note', { type: 'integer' })
    const { items } = await ann.must(ann.get<{ items: { findings: object[] }[] }>('/definitions/drafts/impact'))
    expect(items[0]!.findings).toMatchObject([{ kind: 'retyped', path: '/fields/2/type', field: 'note', count: 1, rows: [{ id: bad.id, title: 'bad', value: 'a dozen', problem: { code: 'wrongType' } }] }])
    const refused = await studio.publish()
    expect(faults(refused.body.problems)).toEqual(['entity deal /fields/2/type cannotConvert'])
    expect(refused.body.problems).toMatchObject([{ params: { count: 1, entity: 'deal', at: 'note', rows: [{ id: bad.id }] } }])
    expect(await ann.read('deal', bad.id)).toMatchObject({ note: 'a dozen' })
    await ann.must(studio.publish(emptied('note')))
    expect(await ann.read('deal', good.id)).toMatchObject({ note: 12 })
    expect(await ann.read('deal', bad.id)).toMatchObject({ note: null })
    await ann.must(ann.patch(`/records/deal/${good.id}`, { note: 13 }))
    const [entry] = await trash()
    expect(entry).toMatchObject({ kind: 'retyped', key: 'deal', uid: 'note', status: 'kept' })
    await ann.must(ann.post(`/trash/${entry!.id}/restore`))
    await ann.must(studio.publish())
    expect(await ann.read('deal', bad.id)).toMatchObject({ note: null, noteFormer: 'a dozen' })
    expect(await ann.read('deal', good.id)).toMatchObject({ note: 13, noteFormer: '12' })
    expect(await trash()).toMatchObject([{ status: 'restored' }])
  })

  test('former values are forgotten when they are purged; the present ones stay', async () => {
    const made = await ann.create('deal', { name: 'a', note: '12' })
    await retype('note', { type: 'integer' })
    await ann.must(studio.publish())
    await ann.must(ann.post(`/trash/${(await trash())[0]!.id}/purge`))
    expect(await ann.read('deal', made.id)).toMatchObject({ note: 12 })
    expect((await ann.patch(`/records/deal/${made.id}`, { note: 13 })).body).toMatchObject({ note: 13 })
  })

  test('a release that changed a type is undone: the former type gets the present values', async () => {
    const made = await ann.create('deal', { name: 'a', qty: 7 })
    await retype('qty', { type: 'decimal', scale: 2 })
    const { number } = await ann.must(studio.publish())
    await ann.must(ann.patch(`/records/deal/${made.id}`, { qty: '9' }))
    await ann.must(ann.post(`/releases/${number}/rollback`, { wait: true }))
    expect(await ann.read('deal', made.id)).toMatchObject({ qty: 9 })
  })

  test('rows and numbers given by the system keep their type; what refers to something else has no counterpart', async () => {
    const customer = await ann.create('customer', { name: 'c' })
    await ann.create('deal', { name: 'a', customer: customer.id })
    await retype('rows', { type: 'text' })
    expect(faults((await studio.publish()).body.problems)).toContain('entity deal /fields/7/type typeChanged')
    await studio.discard('entity', 'deal')
    await retype('note', { type: 'autoNumber', pattern: 'N-{0000}' })
    expect(faults((await studio.publish()).body.problems)).toContain('entity deal /fields/2/type typeChanged')
    await studio.discard('entity', 'deal')
    await retype('customer', { type: 'reference', entity: 'user' })
    expect(faults((await studio.publish()).body.problems)).toContain('entity deal /fields/4/type cannotConvert')
  })
})

describe('digits', () => {
  test('a number is not rounded: those that would lose digits are told before, cut off or emptied by choice, the former values kept', async () => {
    await studio.addFields('deal', field('decimal', 'weight', { scale: 3 }), field('lines', 'bits', { fields: [field('money', 'price')] }))
    await ann.must(studio.publish())
    const whole = await ann.create('deal', { name: 'whole', weight: '2', bits: [{ price: '3' }] })
    const broken = await ann.create('deal', { name: 'broken', weight: '-0.999', bits: [{ price: '7.00' }, { price: '1.50' }] })
    const binned = await ann.create('deal', { name: 'binned', weight: '1.999' })
    await ann.must(ann.delete(`/records/deal/${binned.id}`))
    await studio.change<Entity>('entity', 'deal', (d) => ({ ...d, fields: d.fields.map((f) => (f.name === 'weight' ? { ...f, type: 'integer', scale: undefined } : f.name === 'bits' ? { ...f, fields: [{ ...(f as { fields: Field[] }).fields[0]!, scale: 1, type: 'decimal' }] } : f) as Field) }))
    const { items, refusals } = await ann.must(ann.get<{ items: { findings: object[] }[]; refusals: { code: string }[] }>('/definitions/drafts/impact'))
    expect(items[0]!.findings).toMatchObject([{ kind: 'retyped', count: 1, rows: [{ id: broken.id, value: '-0.999', problem: { code: 'losesPart', params: { rest: 0 } } }] }])
    expect(refusals.map((r) => r.code)).toEqual(['cannotConvert'])
    const refused = (await studio.publish()).body
    expect(refused.problems).toMatchObject([{ code: 'cannotConvert', params: { at: 'weight', count: 1, cut: true } }])
    await ann.must(studio.publish({ decisions: { types: [{ entity: 'deal', field: 'weight', failing: 'cut' }] } }))
    expect(await ann.read('deal', whole.id)).toMatchObject({ weight: 2, bits: [{ price: '3.0' }] })
    expect(await ann.read('deal', broken.id)).toMatchObject({ weight: 0, bits: [{ price: '7.0' }, { price: '1.5' }] })
    await ann.must(ann.post(`/records/deal/${binned.id}/restore`))
    expect(await ann.read('deal', binned.id)).toMatchObject({ weight: 1 })
    expect((await trash()).map((e) => `${e.kind} ${e.uid}`).sort()).toEqual(['retyped bits', 'retyped weight'])
  })

  test('fewer places are cut by choice too, where what is left still fits; more are none to lose', async () => {
    await studio.addFields('deal', field('money', 'price', { scale: 3 }))
    await ann.must(studio.publish())
    const [small, fine] = [await ann.create('deal', { name: 'small', price: '0.019' }), await ann.create('deal', { name: 'fine', price: '12.340' })]
    await retype('price', { type: 'money', scale: 1, min: '0.1' })
    const cut = { decisions: { types: [{ entity: 'deal', field: 'price', failing: 'cut' }] } }
    expect((await studio.publish(cut)).body.problems).toMatchObject([{ params: { count: 1, rows: [{ id: small.id, problem: { code: 'tooSmall' } }] } }])
    await retype('price', { type: 'money', scale: 2 })
    expect((await studio.publish()).body.problems).toMatchObject([{ params: { count: 1, cut: true, rows: [{ id: small.id, problem: { code: 'losesPart', params: { rest: '0.01' } } }] } }])
    await ann.must(studio.publish(cut))
    await retype('price', { type: 'percent', scale: 4 })
    await ann.must(studio.publish())
    expect([await ann.read('deal', small.id), await ann.read('deal', fine.id)]).toMatchObject([{ price: '0.0100' }, { price: '12.3400' }])
  })
})

describe('days and moments', () => {
  const date = async (...members: Field[]) => { await studio.addFields('deal', ...members); await ann.must(studio.publish()) }

  test('a day becomes the moment it begins in the company’s time zone, and the day again; nothing is lost on the way', async () => {
    await date(field('date', 'due'))
    const made = await ann.create('deal', { name: 'a', due: '2026-03-01' })
    await retype('due', { type: 'dateTime' })
    expect((await ann.must(ann.get<{ refusals: object[] }>('/definitions/drafts/impact'))).refusals).toEqual([])
    await ann.must(studio.publish())
    expect(await ann.read('deal', made.id)).toMatchObject({ due: '2026-02-28T16:00:00.000Z', rev: 1 })
    expect(await listed({ ...where('due', 'lt', '2026-02-28T17:00:00Z'), fields: 'name' })).toMatchObject([{ name: 'a' }])
    await retype('due', { type: 'date' })
    await ann.must(studio.publish())
    expect(await ann.read('deal', made.id)).toMatchObject({ due: '2026-03-01' })
  })

  test('a moment has a time of day that a day has not: told before, cut off or emptied by choice, the former values kept', async () => {
    await date(field('dateTime', 'met'), field('lines', 'visits', { fields: [field('dateTime', 'at')] }))
    const late = await ann.create('deal', { name: 'late', met: '2026-03-01T17:30:00Z', visits: [{ at: '2026-03-01T15:59:59.999Z' }, { at: '2026-03-01T16:00:00Z' }] })
    await studio.change<Entity>('entity', 'deal', (d) => ({ ...d, fields: d.fields.map((f) => (f.name === 'met' ? { ...f, type: 'date' } : f.name === 'visits' ? { ...f, fields: [{ ...(f as { fields: Field[] }).fields[0]!, type: 'date' }] } : f) as Field) }))
    const refused = (await studio.publish()).body
    expect(faults(refused.problems)).toEqual(['entity deal /fields/8/type cannotConvert', 'entity deal /fields/9/fields/0/type cannotConvert'])
    expect(refused.problems).toMatchObject([
      { params: { at: 'met', count: 1, cut: true, rows: [{ id: late.id, value: '2026-03-01T17:30:00.000Z', problem: { code: 'losesPart', params: { rest: '2026-03-02' } } }] } },
      { params: { at: 'visits.at', count: 1, cut: true, rows: [{ value: '2026-03-01T15:59:59.999Z' }] } },
    ])
    await ann.must(studio.publish({ decisions: { types: [{ entity: 'deal', field: 'met', failing: 'cut' }, { entity: 'deal', field: 'visits.at', failing: 'empty' }] } }))
    expect(await ann.read('deal', late.id)).toMatchObject({ met: '2026-03-02', visits: [{ at: null }, { at: '2026-03-02' }] })
    expect((await trash()).map((e) => `${e.kind} ${e.uid}`).sort()).toEqual(['retyped met', 'retyped visits'])
  })

  test('what is cut must still satisfy the field', async () => {
    await date(field('dateTime', 'met'))
    const made = await ann.create('deal', { name: 'a', met: '2026-03-01T17:30:00Z' })
    await retype('met', { type: 'date', max: '2026-03-01' })
    const cut = { decisions: { types: [{ entity: 'deal', field: 'met', failing: 'cut' }] } }
    expect((await studio.publish(cut)).body.problems).toMatchObject([{ code: 'cannotConvert', params: { cut: false, rows: [{ id: made.id, problem: { code: 'tooLarge' } }] } }])
    await ann.must(studio.publish(emptied('met')))
    expect(await ann.read('deal', made.id)).toMatchObject({ met: null })
  })
})

describe('meanwhile', () => {
  test('what is written while the columns are filled is carried over; a writer with former definitions begins again', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, i) => ann.create('deal', { name: `d${i}`, qty: i })))
    await retype('qty', { type: 'decimal', scale: 2 })
    const publishing = studio.publish()
    const written = new Map<string, number>()
    for (let round = 0; round < 40; round++) {
      const qty = 1000 + round
      const made = await ann.post<{ id: string }>('/records/deal', { name: `w${round}`, qty })
      expect(made.status).toBe(201)
      written.set(made.body.id, qty)
    }
    await ann.must(publishing)
    for (const [id, qty] of written) expect(await ann.read('deal', id)).toMatchObject({ qty: `${qty}.00` })
  })

  test('a release that was broken off while the columns were filled is taken up at the next start', async () => {
    const made = await ann.create('deal', { name: 'a', qty: 7 })
    await retype('qty', { type: 'decimal', scale: 2 })
    const { draft } = await studio.published<Entity>('entity', 'deal')
    const publication = { documents: [draft!.definition], drafts: [{ kind: 'entity', key: 'deal', rev: draft!.rev }] }
    await host.services.store.transaction((tx) => tx.insert(collections.dataChange, [{ id: 'left', rev: 1, kind: 'convert', entity: 'deal', params: { fields: ['deal.qty'], base: 1 }, status: 'running', release: 0, total: 1, done: 0, last: null, at: host.services.clock.now(), by: ann.userId, problems: [], publication: publication as never }]))
    await resumeReleases(host.services, host.holder)
    expect(await ann.read('deal', made.id)).toMatchObject({ qty: '7.00' })
    expect((await ann.must(ann.get<{ drafts: object[] }>('/definitions/drafts'))).drafts).toEqual([])
    expect((await ann.must(ann.get<{ items: object[] }>('/data-changes'))).items).toContainEqual(expect.objectContaining({ id: 'left', status: 'done', release: 2 }))
  })
})
