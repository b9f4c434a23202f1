/** The rights matrix over the default template. */
import { startTestHost } from '../support/host'
import { matrix } from '../support/rights-matrix'
import { leftOut } from '../support/served-routes'
import { hireStaff, plannedContract, quoteWithContract } from '../support/sales'

describe('the default template', () => {
  const world = matrix(['rep', 'rep2', 'manager', 'director', 'finance', 'boss', 'clerk', 'admin'], async () => {
    const host = await startTestHost()
    const sales = await hireStaff(host)
    await plannedContract(sales)
    await quoteWithContract(sales, {}, 'rep2')
    const { as } = sales
    for (const seller of [as.rep, as.rep2]) {
      const [project] = (await seller.list('project')).items
      await seller.create('contact', { customer: project!.primaryCustomer, name: 'Wang', phone: '13800000000' })
      await seller.create('activity', { subject: 'Call', kind: 'call', at: '2026-01-01T08:00:00Z', customer: project!.primaryCustomer, project: project!.id, content: 'talked' })
    }
    return host
  })
  test('no path that the server has was left out', async () => expect(await leftOut(world().host, world().asked)).toEqual([]))
})
