/** A dictionary over the API: its entries are choices of every field that names it, and stay those of the records that have them. */
import type { Definition, Dictionary } from '../../schemas/generated/types'
import { entity, field, label, role } from '../support/catalog'
import type { Client, ProblemBody } from '../support/client'
import { startTestHost, type TestHost } from '../support/host'

const colours = (...items: Partial<Dictionary['items'][number]>[]): Dictionary => ({ kind: 'dictionary', name: 'colours', label, items: items.map((item) => ({ value: 'x', label, ...item })) })
const documents: Definition[] = [
  colours({ value: 'red' }, { value: 'green' }, { value: 'blue' }),
  entity('thing', [field('text', 'name'), field('dictionary', 'colour', { dictionary: 'colours' }), field('lines', 'parts', { fields: [field('dictionary', 'colour', { dictionary: 'colours' })] })]),
  { kind: 'action', name: 'paint', entity: 'thing', label, input: [field('dictionary', 'colour', { dictionary: 'colours', required: true })], steps: [{ id: 's', kind: 'setField', values: { colour: 'input.colour' } }] },
  role('builder', { capabilities: ['studio'], grants: [{ entity: 'thing', verbs: ['create', 'read', 'update'], scope: 'all', actions: ['paint'] }, { entity: 'user', verbs: ['read'], scope: 'all' }] }),
]

let host: TestHost
let ann: Client
beforeAll(async () => {
  host = await startTestHost({ documents })
  await host.addUser({ username: 'ann', roles: ['builder'] })
  ann = await host.signIn('ann')
})
afterAll(() => host?.close())

const publish = async (definition: Dictionary) => {
  await ann.must(ann.put('/definitions/dictionary/colours', definition))
  return ann.post<ProblemBody>('/releases', { wait: true })
}

test('entries are choices of fields, of columns and of what an action asks for', async () => {
  const { id } = await ann.create('thing', { name: 'a', colour: 'red', parts: [{ colour: 'green' }] })
  await ann.must(ann.action('thing', id, 'paint', { colour: 'blue' }))
  expect(await ann.read('thing', id)).toMatchObject({ colour: 'blue', parts: [{ colour: 'green' }] })
  expect((await ann.post<ProblemBody>('/records/thing', { colour: 'pink', parts: [{ colour: 'pink' }] })).body.problems.map((p) => `${p.path} ${p.code}`)).toEqual(['/colour notAnOption', '/parts/0/colour notAnOption'])
})

test('a disabled entry is kept by who has it and taken by nobody else; one in use cannot be removed', async () => {
  const { id } = await ann.create('thing', { name: 'b', colour: 'green', parts: [{ colour: 'green' }] })
  const { parts } = await ann.read('thing', id)
  expect((await publish(colours({ value: 'red' }, { value: 'green', disabled: true }, { value: 'blue' }))).status).toBe(201)
  await ann.must(ann.patch(`/records/thing/${id}`, { name: 'c', colour: 'green', parts }))
  expect((await ann.post<ProblemBody>('/records/thing', { colour: 'green' })).body.problems).toEqual([expect.objectContaining({ path: '/colour', code: 'optionDisabled' })])
  expect((await ann.list('thing', {}, { field: 'colour', op: 'eq', value: 'green' } as never)).items).toHaveLength(1)

  const { status, body } = await publish(colours({ value: 'red' }, { value: 'blue' }))
  expect({ status, problems: body.problems.map((p) => `${p.path} ${p.code}`) }).toEqual({ status: 422, problems: ['/items itemRemoved', '/items itemRemoved'] })
})
