/** A new installation: the server's own tables, the template, and either the demonstration company or one administrator. */
import { randomBytes } from 'node:crypto'
import type { Definition } from '../../schemas/generated/types'
import { systemDefinitions, systemEntities } from '../../schemas/system'
import type { Config } from '../config'
import { compileCatalog } from '../../runtime/engine'
import { collections } from '../model/collections'
import type { ModelHolder } from '../model/model'
import { tablesOf } from '../model/tables'
import type { Clock } from '../ports/clock'
import { asEngine, contextFor, systemPerson, type Services } from '../use-cases/context'
import { templateIn } from '../use-cases/layers'
import { publishDocuments } from '../use-cases/publish-release'
import { layBase, offerTemplate } from '../use-cases/template'
import { readDefinitions } from './definitions-folder'
import { stageOn, type Stage } from './actor'

export interface DemoCompany {
  /** Fills an empty installation through the use-cases. */
  load(scene: DemoScene): Promise<void>
  accounts: { username: string; name: string; role: string }[]
}

/** Where the company comes to life: its people act, at times in the past, so that it has a history. */
export interface DemoScene extends Stage {
  password: string
  /** Today, YYYY-MM-DD. */
  today: string
  /** From now on it is this moment (ISO 8601); null: the present. */
  setTime(moment: string | null): void
}

export interface Installed {
  /** What the owner should know: of an installation that this start made, or of a newer template. */
  lines: string[]
}

export async function install(services: Services, holder: ModelHolder, config: Config, seed: string, demo: DemoCompany): Promise<Installed> {
  const people = tablesOf(compileCatalog(systemDefinitions).catalog)
  for (const collection of [...Object.values(collections), ...[...people.values()].map((t) => t.collection)]) await services.store.ensureCollection(collection)
  const model = await holder.current()
  if (model.release === 0) await publishTemplate(services, holder, readDefinitions(seed))
  // A newer server may want other indexes of what was published before.
  else for (const { collection } of model.tables.values()) await services.store.ensureCollection(collection)
  const offered = await layers(services, holder, seed)
  const [anybody] = await services.store.find((await holder.current()).tables.get(systemEntities.user)!.collection, { limit: 1, columns: [] })
  if (anybody) return { lines: offered }
  if (!config.demo) return { lines: await createAdmin(services, holder, config) }
  await demo.load(sceneOn(services, holder, config.demoPassword))
  return { lines: ['The demonstration company is loaded.'] }
}

/** What customizations are measured against is kept; a newer template beside it is offered, never applied. */
async function layers(services: Services, holder: ModelHolder, seed: string): Promise<string[]> {
  const ctx = asEngine(contextFor(services, await holder.current(), systemPerson, 'en', 'system'), 'system')
  await layBase(ctx)
  const documents = readDefinitions(seed)
  return (await offerTemplate(ctx, documents)) ? [`A newer version of the template is at hand (${templateIn(documents)!.version}). Look at it in the studio: /studio/template`] : []
}

function sceneOn(services: Services, holder: ModelHolder, password: string): DemoScene {
  let moment: string | null = null
  const clock: Clock = { now: () => moment ?? services.clock.now(), today: () => moment?.slice(0, 10) ?? services.clock.today(), timeZone: services.clock.timeZone }
  return { ...stageOn({ ...services, clock }, holder, 'api'), password, today: services.clock.today(), setTime: (time) => { moment = time } }
}

export async function publishTemplate(services: Services, holder: ModelHolder, documents: Definition[]): Promise<void> {
  const model = await holder.current()
  const ctx = asEngine(contextFor(services, model, systemPerson, 'en', 'system'), 'system')
  const template = documents.some((d) => d.kind === 'entity') ? [...(model.release === 0 ? systemDefinitions : []), ...documents] : documents
  await publishDocuments(ctx, template)
}

async function createAdmin(services: Services, holder: ModelHolder, config: Config): Promise<string[]> {
  const password = config.adminPassword ?? randomBytes(12).toString('base64url')
  const stage = stageOn(services, holder)
  const { catalog } = await holder.current()
  const roles = [...catalog.roles.values()].filter((r) => r.capabilities?.includes('studio')).map((r) => r.name)
  const admin = await stage.engine.create(systemEntities.user, { username: 'admin', name: 'Administrator', roles })
  await stage.setPassword(admin.id!, password)
  return [`Administrator: admin / ${config.adminPassword === undefined ? `${password}   (shown once; change it after signing in)` : 'the password from ADMIN_PASSWORD'}`]
}

