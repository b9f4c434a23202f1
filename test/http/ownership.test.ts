/** Records whose owner is that of another follow it: their owner, what is computed from it, what must be unique by it, and those that follow them. */
import type { Definition } from '../../schemas/generated/types'
import { entity, field, role } from '../support/catalog'
import type { Client } from '../support/client'
import { startTestHost, type TestHost } from '../support/host'

const documents: Definition[] = [
  entity('firm', [field('text', 'name')]),
  entity('branch', [field('text', 'name'), field('reference', 'firm', { entity: 'firm' }), field('formula', 'contact', { formula: "concat(name, ', ', owner.name)", result: { type: 'text' } })], { ownership: { from: 'firm' }, unique: [{ fields: ['owner', 'name'] }] }),
  entity('desk', [field('text', 'name'), field('reference', 'branch', { entity: 'branch' })], { ownership: { from: 'branch' } }),
  role('worker', { grants: ['firm', 'branch', 'desk'].map((name) => ({ entity: name, verbs: ['create', 'read', 'update', 'delete'], scope: 'all' })) }),
]

let host: TestHost, ann: Client, bob: string
beforeAll(async () => {
  host = await startTestHost({ documents })
  await host.addUser({ username: 'ann', roles: ['worker'] })
  bob = (await host.addUser({ username: 'bob', roles: ['worker'] })).id
  ann = await host.signIn('ann')
})
afterAll(() => host?.close())

test('what follows a new owner follows all the way', async () => {
  const firm = await ann.create('firm', { name: 'F' })
  const [branch, binned] = [await ann.create('branch', { name: 'north', firm: firm.id }), await ann.create('branch', { name: 'south', firm: firm.id })]
  const desk = await ann.create('desk', { name: 'first', branch: branch.id })
  expect(await ann.read('branch', branch.id)).toMatchObject({ owner: ann.userId, contact: 'north, ann' })
  await ann.must(ann.delete(`/records/branch/${binned.id}`))

  await ann.must(ann.patch(`/records/firm/${firm.id}`, { owner: bob }))
  expect(await ann.read('branch', branch.id)).toMatchObject({ owner: bob, contact: 'north, bob', rev: branch.rev })
  expect(await ann.read('desk', desk.id)).toMatchObject({ owner: bob })

  const other = await ann.create('firm', { name: 'G' })
  expect((await ann.post('/records/branch', { name: 'north', firm: firm.id })).body.code).toBe('duplicate')
  expect((await ann.post('/records/branch', { name: 'north', firm: other.id })).status).toBe(201)

  await ann.must(ann.post(`/records/branch/${binned.id}/restore`, {}))
  expect(await ann.read('branch', binned.id)).toMatchObject({ owner: bob, contact: 'south, bob' })
})

test('a change of owner that would make two alike is refused as a whole', async () => {
  const [one, two] = [await ann.create('firm', { name: '1' }), await ann.create('firm', { name: '2', owner: bob })]
  const branch = await ann.create('branch', { name: 'same', firm: one.id })
  await ann.create('branch', { name: 'same', firm: two.id })
  expect((await ann.patch(`/records/firm/${one.id}`, { owner: bob })).status).toBe(409)
  expect(await ann.read('firm', one.id)).toMatchObject({ owner: ann.userId })
  expect(await ann.read('branch', branch.id)).toMatchObject({ owner: ann.userId })
})
