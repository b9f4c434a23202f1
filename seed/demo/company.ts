/**
 * The demonstration company: 明磁新材料 makes magnets and sells them by project. Nobody typed its data; its people did what they do, by
 * the same use-cases as everybody, over fourteen months that ended yesterday. Chance is seeded: the same company every time.
 */
import type { Stage } from '../../server/setup/actor'
import type { DemoCompany } from '../../server/setup/install'
import { keepWarm } from './activities'
import { Calendar } from './calendar'
import { acquire, planCustomers, type Customer } from './customers'
import { planDeals } from './deals'
import { planOrders } from './orders'
import { accounts, givePasswords, hire, type Staff } from './people'
import { listProducts } from './products'
import { Random } from './random'
import { bookAdvances } from './receivables'
import { sell } from './sell'

/** What every story is told with. */
export interface Company {
  as: Stage['as']
  calendar: Calendar
  random: Random
  staff: Staff
  customers: Customer[]
  /** Ids by code. */
  productIds: Map<string, string>
}

export const demoCompany: DemoCompany = {
  accounts,
  async load(scene) {
    const calendar = new Calendar(scene.today, scene.setTime)
    const random = new Random('明磁新材料')
    const staff = await hire(scene)
    const passwords = givePasswords(scene, staff)
    const customers = planCustomers(random.fork('customers'), calendar)
    const company: Company = { as: scene.as, calendar, random, staff, customers, productIds: await listProducts(scene) }
    await calendar.run([
      ...customers.map((customer) => async () => { await acquire(company, customer); await keepWarm(company, customer, customer.random.fork('calls')) }),
      ...planDeals(random.fork('deals'), customers, calendar).map((deal) => () => sell(company, deal)),
      ...planOrders(company),
      () => bookAdvances(company),
    ])
    await passwords
    scene.setTime(null)
  },
}
