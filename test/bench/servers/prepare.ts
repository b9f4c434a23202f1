/**
 * Makes the two databases. People come through the use-cases; customers, projects and contracts go straight through the store port,
 * encoded by their field types, because 100,000 creations would take minutes and are measured elsewhere. The floor gets a copy.
 */
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { WireRecord } from '../../../runtime/engine'
import { openInstallation } from '../../../server/installation'
import type { Model } from '../../../server/model/model'
import type { Services } from '../../../server/use-cases/context'
import { loadDriver } from '../../../server/stores/sqlite/driver'
import { contract, customer, pick, project, seeded, signIn, sizesFor, type Owner } from '../data'
import { filesIn, type Fixtures } from './files'
import { hostOptions } from './installation'

const batch = 2000

async function prepare(folder: string, rows: number) {
  const { services, holder } = await openInstallation(hostOptions(folder))
  const fixtures = await fill(services, await holder.current(), rows)
  await services.store.close()
  const { ours, floor, fixtures: file } = filesIn(folder)
  mkdirSync(dirname(floor), { recursive: true })
  copyFileSync(ours, floor)
  await widenIndexes(floor)
  writeFileSync(file, JSON.stringify(fixtures))
}

/** Ours leave out what is in the bin, of which the floor knows nothing: it gets the same over all records. */
async function widenIndexes(file: string) {
  const database = (await loadDriver()).open(file)
  for (const columns of ['createdAt,id', 'status,signedOn,id', 'status,amount,id']) {
    database.exec(`DROP INDEX "ix:r_contract(${columns},deletedAt) WHERE deletedAt IS NULL"`)
    database.exec(`CREATE INDEX "ix:r_contract(${columns})" ON r_contract (${columns})`)
  }
  database.close()
}

async function fill(services: Services, model: Model, rows: number): Promise<Fixtures> {
  const sizes = sizesFor(rows)
  const random = seeded(20260101)
  const owners = await ownersOf(services, model)
  const mine = new Set(model.directory.subtree(model.directory.byName(signIn.username)!.department))
  const insert = async (entity: string, count: number, make: (n: number, owner: Owner) => WireRecord) => {
    const table = model.tables.get(entity)!
    const all: { id: string; visible: boolean }[] = []
    for (let done = 0; done < count; done += batch) {
      const docs = Array.from({ length: Math.min(batch, count - done) }, (_, i) => {
        const owner = pick(random, owners)
        const id = services.newId()
        all.push({ id, visible: mine.has(owner.department) })
        return { id, rev: 1, ...table.encode(make(done + i + 1, owner)) }
      })
      await services.store.transaction((tx) => tx.insert(table.collection, docs))
    }
    return { ids: all.map((r) => r.id), visible: all.filter((r) => r.visible).map((r) => r.id) }
  }
  const customers = await insert('customer', sizes.customers, (n, owner) => customer(n, random, owner))
  const projects = await insert('project', sizes.projects, (n, owner) => project(n, random, owner, pick(random, customers.ids)))
  const contracts = await insert('contract', sizes.contracts, (n, owner) => contract(n, random, owner, pick(random, customers.ids), pick(random, projects.ids)))
  return { contracts: sample(contracts.visible, random), customers: sample(customers.ids, random), projects: sample(projects.visible, random) }
}

async function ownersOf(services: Services, model: Model): Promise<Owner[]> {
  const users = await services.store.find(model.tables.get('user')!.collection, {})
  return users.filter((u) => u.username !== signIn.username).map((u) => ({ id: u.id, department: u.department as string }))
}

const enough = 5000
const sample = (ids: string[], random: () => number) => (ids.length <= enough ? ids : Array.from({ length: enough }, () => pick(random, ids)))

const [folder, rows] = process.argv.slice(2)
await prepare(folder!, Number(rows))
