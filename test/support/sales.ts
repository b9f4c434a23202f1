/** People, records and small talk of the default template: what tests of the server need to get going. */
import type { WireRecord } from '../../runtime/engine'
import { collections } from '../../server/model/collections'
import type { Client } from './client'
import type { TestHost } from './host'

/** The people that the helpers below act as. */
export type Team = Pick<Sales, 'as'>

export type Staff = 'rep' | 'rep2' | 'manager' | 'manager2' | 'director' | 'finance' | 'finance2' | 'boss' | 'clerk' | 'admin'

export interface Sales {
  host: TestHost
  /** Ids of people and departments. */
  id: Record<Staff | 'sales' | 'north' | 'south', string>
  /** Signed in, in English. */
  as: Record<Staff, Client>
}

/** Two sales teams below one department, their managers, a director, finance, a boss. */
export async function hireStaff(host: TestHost): Promise<Sales> {
  const { engine } = host.stage
  const department = async (name: string, parent?: string) => (await engine.create('department', { name, parent: parent ?? null })).id!
  const sales = await department('Sales')
  const north = await department('North', sales)
  const south = await department('South', sales)
  const accounts = await department('Accounts')
  const id = { sales, north, south } as Sales['id']
  const hire = async (username: Staff, role: string, department: string, manager?: Staff) => { id[username] = (await host.addUser({ username, name: username, roles: [role], department, manager: manager === undefined ? null : id[manager] })).id }
  await hire('boss', 'boss', sales)
  await hire('director', 'director', sales, 'boss')
  await hire('manager', 'salesManager', north, 'director')
  await hire('manager2', 'salesManager', south, 'director')
  await hire('rep', 'salesRep', north, 'manager')
  await hire('rep2', 'salesRep', south, 'manager2')
  await hire('finance', 'finance', accounts, 'director')
  await hire('finance2', 'finance', accounts, 'director')
  await hire('clerk', 'dataClerk', accounts)
  await hire('admin', 'admin', accounts)
  const staff = Object.keys(id).filter((name) => !['sales', 'north', 'south'].includes(name)) as Staff[]
  const clients = await Promise.all(staff.map((name) => host.signIn(name, { language: 'en' })))
  return { host, id, as: Object.fromEntries(staff.map((name, i) => [name, clients[i]!])) as Sales['as'] }
}

let counter = 0
/** A text that no other record has. */
export const unique = (word: string) => `${word} ${++counter}`

export const customerInput = (members: WireRecord = {}) => ({ name: unique('Customer'), type: 'endUser', industry: 'motors', region: 'east', ...members })
export const projectInput = (primaryCustomer: string, members: WireRecord = {}) =>
  ({ name: unique('Project'), type: 'product', salesMode: 'siSupply', primaryCustomer, estimatedAmount: '1000', expectedCloseOn: '2099-12-31', ...members })

export interface Deal { customer: string; project: string; quote: string; contract: string }

/** A quote, approved, and the contract made of it: 3 magnets of 0.3333, tax of 13 %. */
export async function quoteWithContract({ as }: Team, members: { contract?: WireRecord; project?: WireRecord } = {}, seller: 'rep' | 'rep2' = 'rep'): Promise<Deal> {
  const product = (await as.clerk.create('product', { code: unique('P'), name: 'Magnet', listPrice: '100' })).id
  const customer = (await as[seller].create('customer', customerInput())).id
  const project = (await as[seller].create('project', projectInput(customer, members.project))).id
  const quote = (await as[seller].create('quote', { project, customer, lines: [{ product, qty: '3', price: '33.3333' }] })).id
  const manager = seller === 'rep' ? as.manager : as.manager2
  await manager.must(manager.action('quote', quote, 'approve'))
  const { created } = await as[seller].must(as[seller].action('quote', quote, 'toContract'))
  const contract = created[0]!.id
  if (members.contract) await as[seller].must(as[seller].patch(`/records/contract/${contract}`, members.contract))
  return { customer, project, quote, contract }
}

export const threeTerms = [{ name: 'first', percent: '30' }, { name: 'second', percent: '33.33', offsetDays: 30 }, { name: 'rest', percent: '36.67', basis: 'accept' }]

/** Decides the open task of somebody about a record. */
export async function decide(client: Client, record: string, decision: 'approve' | 'reject' = 'approve', comment?: string) {
  const { items } = await client.must(client.get<{ items: { id: string; record: string }[] }>('/tasks', { limit: '200' }))
  const task = items.find((t) => t.record === record)
  if (!task) throw new Error(`no task about ${record}: ${JSON.stringify(items)}`)
  return client.post(`/tasks/${task.id}/decide`, { decision, comment })
}

/** Submits a contract and has everybody agree that is asked. */
export async function approveContract({ as }: Team, contract: string, seller: 'rep' | 'rep2' = 'rep') {
  await as[seller].must(as[seller].post(`/records/contract/${contract}/flows/contractApproval`))
  for (let i = 0; i < 10; i++) {
    const { status } = await as.director.read('contract', contract)
    if (status !== 'inApproval') return
    for (const name of ['manager', 'manager2', 'director', 'finance', 'boss'] as const) {
      const { items } = await as[name].must(as[name].get<{ items: { record: string }[] }>('/tasks'))
      if (items.some((t) => t.record === contract)) await as[name].must(decide(as[name], contract))
    }
  }
  throw new Error('the approval does not end')
}

/** An approved contract of a round amount with its plan of three rows. */
export async function plannedContract(sales: Team, amount = '100.00', terms: WireRecord[] = threeTerms): Promise<Deal & { plans: (WireRecord & { id: string; amount: string })[] }> {
  const deal = await quoteWithContract(sales, { contract: { amount, paymentTerms: terms } })
  await approveContract(sales, deal.contract)
  await sales.as.rep.must(sales.as.rep.action('contract', deal.contract, 'generatePlans'))
  const { items } = await sales.as.finance.list('receivablePlan', { sort: 'seq' }, { field: 'contract', op: 'eq', value: deal.contract } as never)
  return { ...deal, plans: items as (WireRecord & { id: string; amount: string })[] }
}

/** Everything that is kept of records and approvals, to compare before and after: nothing may change by a refusal. */
export async function everythingKept({ services, holder }: TestHost): Promise<string> {
  const { tables } = await holder.current()
  const kept: unknown[] = []
  for (const { collection } of tables.values()) kept.push([collection.name, await services.store.find(collection, { columns: collection.columns.map((c) => c.name), sort: [] })])
  for (const collection of [collections.history, collections.instance, collections.task, collections.draft, collections.definition, collections.release]) kept.push([collection.name, await services.store.find(collection, { sort: [] })])
  return JSON.stringify(kept)
}
