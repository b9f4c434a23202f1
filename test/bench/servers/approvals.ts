/**
 * Adds open approvals to a database of the bench. One of each flow is submitted as people do it; the others are written through the store
 * port as copies of it on other contracts, because 100,000 submissions would take minutes. A fifth of them waits for the person who is measured.
 */
import { writeFileSync } from 'node:fs'
import { openInstallation } from '../../../server/installation'
import { collections } from '../../../server/model/collections'
import type { StoredDoc } from '../../../server/ports/store'
import { stageOn } from '../../../server/setup/actor'
import { asEngine, contextFor, systemPerson, type Services } from '../../../server/use-cases/context'
import { publishDocuments } from '../../../server/use-cases/publish-release'
import { approval, automatic, delayed, people, submitter } from '../approvals/definitions'
import { signIn } from '../data'
import { filesIn, type Approvals } from './files'
import { hostOptions } from './installation'

const batch = 1000
const automaticNodes = 1000
/** Everybody's share: one of so many. */
const share = 20
/** Contracts that no approval holds. */
const free = 1000

async function prepare(folder: string, open: number, timers: number) {
  const { services, holder } = await openInstallation(hostOptions(folder))
  await publishDocuments(asEngine(contextFor(services, await holder.current(), systemPerson, 'en', 'system'), 'system'), [submitter, approval, delayed, automatic(automaticNodes)])
  const { engine, as, setPassword } = stageOn(services, holder)
  for (const username of [people.director, people.waiter, people.keeper]) {
    const person = await engine.create('user', { username, name: username, roles: ['admin', submitter.name], language: 'zh' })
    await setPassword(person.id!, signIn.password)
  }
  const model = await holder.current()
  const contracts = (await services.store.find(model.tables.get('contract')!.collection, { columns: [], limit: open + 1 + free })).map((d) => d.id)
  const submitted = (flow: string) => as(people.keeper).submit('contract', contracts[0]!, flow)
  const others = [...model.directory.byRole('salesManager')].filter((id) => id !== model.directory.byName(people.reviewer)!.id)
  const mine = await copies(services, await submitted(approval.name), contracts.slice(1, open + 1), (doc, n) => (n % share === 0 ? doc : asking(doc, others[n % others.length]!)))
  const now = Date.now()
  await copies(services, await submitted(delayed.name), contracts.slice(1, timers + 1), (doc, n) => ('nextTry' in doc ? { ...doc, nextTry: new Date(now - (n % 60) * 1000).toISOString() } : doc))
  await services.store.close()
  writeFileSync(filesIn(folder).approvals, JSON.stringify({ instances: mine.filter((_, n) => n % share === 0), free: contracts.slice(open + 1) } satisfies Approvals))
}

type Change = (doc: StoredDoc, n: number) => StoredDoc

/** The same approval with its tasks, notices and timers on each of these records. Gives the ids of the instances. */
async function copies(services: Services, id: string, records: string[], change: Change): Promise<string[]> {
  const parts = [[collections.instance, 'id'], [collections.task, 'instance'], [collections.notice, 'instance']] as const
  const originals = await Promise.all(parts.map(async ([collection, column]) => ({ collection, docs: await services.store.find(collection, { where: { path: [column], op: 'eq', value: id } }) })))
  const timers = (await services.store.find(collections.timer, {})).filter((t) => t.id.startsWith(id))
  const all = [...originals, { collection: collections.timer, docs: timers }]
  const ids = records.map(() => services.newId())
  for (let done = 0; done < records.length; done += batch) {
    await services.store.transaction(async (tx) => {
      for (const { collection, docs } of all) await tx.insert(collection, records.slice(done, done + batch).flatMap((record, i) => docs.map((doc) => change(moved(doc, id, ids[done + i]!, record), done + i))))
    })
  }
  return ids
}

function moved(doc: StoredDoc, from: string, id: string, record: string): StoredDoc {
  const copy = JSON.parse(JSON.stringify(doc).replaceAll(from, id)) as StoredDoc
  return 'record' in copy ? { ...copy, record } : copy
}

/** The task is somebody else's. */
function asking(doc: StoredDoc, person: string): StoredDoc {
  if ('state' in doc) { const state = doc.state as unknown as { tasks: { assignee: string }[] }; for (const task of state.tasks) task.assignee = person }
  if ('assignee' in doc) return { ...doc, assignee: person }
  return 'user' in doc ? { ...doc, user: person, id: doc.id.replace(/[^.]+$/, person) } : doc
}

const [folder, open, timers] = process.argv.slice(2)
await prepare(folder!, Number(open), Number(timers))
