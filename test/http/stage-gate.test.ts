/** The template's gate: a large bid is agreed to by the manager before the project goes on to tendering. */
import { startTestHost, type TestHost } from '../support/host'
import { customerInput, decide, hireStaff, projectInput, type Sales } from '../support/sales'

let host: TestHost
let sales: Sales
beforeAll(async () => { host = await startTestHost(); sales = await hireStaff(host) })
afterAll(() => host?.close())

const bid = { bidOn: '2099-05-01', bidBond: '20000' }
const move = (id: string, to: string, fields = {}) => sales.as.rep.post<{ record: { stage: string }; pending?: string; code?: string }>(`/records/project/${id}/stage`, { to, fields })

async function beforeTendering(estimatedAmount: string): Promise<string> {
  const { rep } = sales.as
  const customer = (await rep.create('customer', customerInput())).id
  const designInstitute = (await rep.create('customer', customerInput({ type: 'designInstitute' }))).id
  const { id } = await rep.create('project', projectInput(customer, { salesMode: 'projectSales', estimatedAmount }))
  for (const [stage, fields] of [['engineeringDesign', { designInstitute }], ['productSelection', {}]] as const) expect((await move(id, stage, fields)).body.record.stage).toBe(stage)
  return id
}

test('below the limit a bid needs nobody', async () => {
  const id = await beforeTendering('499999.99')
  expect((await move(id, 'tendering', bid)).body).toMatchObject({ record: { stage: 'tendering' } })
})

test('from the limit on the project stays where it is until the manager agrees, and then has what the move brought along', async () => {
  const id = await beforeTendering('500000')
  const { body } = await move(id, 'tendering', bid)
  expect(body).toMatchObject({ record: { stage: 'productSelection' }, pending: expect.any(String) })
  expect((await move(id, 'tendering', bid)).status).toBe(409)
  await decide(sales.as.manager, id)
  expect(await sales.as.rep.read('project', id)).toMatchObject({ stage: 'tendering', bidOn: '2099-05-01', bidBond: '20000.00' })
})

test('what the manager does not agree to stays where it was', async () => {
  const id = await beforeTendering('800000')
  await move(id, 'tendering', bid)
  await decide(sales.as.manager, id, 'reject', 'Too risky')
  expect(await sales.as.rep.read('project', id)).toMatchObject({ stage: 'productSelection', bidOn: null })
})

test('nobody submits a gate by hand: it is neither offered nor taken', async () => {
  const id = await beforeTendering('800000')
  const { flows } = await sales.as.rep.must(sales.as.rep.get<{ flows: { name: string }[] }>(`/records/project/${id}/commands`))
  expect(flows.map((f) => f.name)).not.toContain('stageGate')
  expect(await sales.as.rep.post(`/records/project/${id}/flows/stageGate`, {})).toMatchObject({ status: 409, body: { code: 'flowNotApplicable' } })
})
