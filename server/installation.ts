/** An installation opened, made first where there is none: one SQLite file, or a MongoDB database that several processes share. */
import { closeSync, copyFileSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import { Background } from './background'
import { ConfigError, type Config } from './config'
import { openDiskFiles } from './files/disk'
import { newId } from './ids'
import { smtpMailer } from './mail/smtp'
import { collections } from './model/collections'
import { ModelHolder } from './model/model'
import { systemClock, type Clock } from './ports/clock'
import type { Store } from './ports/store'
import { install, type DemoCompany } from './setup/install'
import { openSqlite } from './stores/sqlite'
import type { Services } from './use-cases/context'
import { runDataChanges } from './use-cases/data-changes'
import { resumeReleases } from './use-cases/publish-release'

export interface InstallationOptions {
  config: Config
  log: Logger
  /** The project's folder: seed and built apps are below it. */
  root: string
  demo: DemoCompany
  clock?: Clock
  /** Milliseconds between the worker's looks for what is due, a second unless given. */
  pause?: number
  /** What the owner should know: of a new installation, once and as soon as it is kept, whatever becomes of this start; of a newer template. */
  tell?: (line: string) => void
}

export interface Installation { services: Services; holder: ModelHolder }

/** Takes up what releases still have to do to records. */
export async function finishReleases({ services, holder }: Installation): Promise<void> {
  await resumeReleases(services, holder)
  await runDataChanges(services, holder)
}

/** Without HTTP: what the command line works on. */
export async function openInstallation(options: InstallationOptions): Promise<Installation> {
  makeFolder(options.config.dataDir)
  const { mongodbUri } = options.config
  return mongodbUri === undefined ? inFile(options) : inDatabase(options, mongodbUri)
}

async function inFile(options: InstallationOptions): Promise<Installation> {
  const { dataDir } = options.config
  const file = join(dataDir, 'formwright.db')
  if (existsSync(file)) return openAndTell(options, await openSqlite({ file }))
  // A new installation appears as a whole: an interrupted one is thrown away and begun again.
  const unfinished = join(dataDir, 'installing.db')
  discard(unfinished)
  announce(options)
  const { installation, lines } = await onStore(options, await openSqlite({ file: unfinished }))
  await installation.services.store.close()
  appear(unfinished, file)
  for (const line of lines) options.tell?.(line)
  return openAndTell(options, await openSqlite({ file }))
}

async function openAndTell(options: InstallationOptions, store: Store): Promise<Installation> {
  const { installation, lines } = await onStore(options, store)
  for (const line of lines) options.tell?.(line)
  return installation
}

const discard = (unfinished: string) => { for (const suffix of ['', '-wal', '-shm', '.whole']) rmSync(unfinished + suffix, { force: true }) }

/**
 * As a file of its own, not under a new name: a closed connection may linger until it is collected, and SQLite gives every connection of a
 * process to one file the shared memory of the first. Under its old name no other process would find it; they would not see each other's
 * writes.
 */
function appear(unfinished: string, file: string) {
  const whole = `${unfinished}.whole`
  copyFileSync(unfinished, whole)
  const kept = openSync(whole, 'r+')
  fsyncSync(kept)
  closeSync(kept)
  renameSync(whole, file)
  discard(unfinished)
}

async function inDatabase(options: InstallationOptions, uri: string): Promise<Installation> {
  const { openMongo } = await import('./stores/mongo')
  const store = await openMongo({ uri })
  const first = await closedOnFailure(store, () => claim(store))
  if (first) announce(options)
  const beat = first && setInterval(() => void mark(store, 'begun').catch(() => undefined), heartbeat)
  const { installation, lines } = await onStore(options, store).finally(() => clearInterval(beat || undefined))
  if (first) await closedOnFailure(store, () => mark(store, 'done'))
  for (const line of lines) options.tell?.(line)
  return installation
}

const marker = 'installation'
const heartbeat = 5_000
const patience = 60_000

/** True for the one process that is to install; others wait until it has. */
async function claim(store: Store): Promise<boolean> {
  await store.ensureCollection(collections.installation)
  for (;;) {
    const found = await store.transaction(async (tx) => {
      const doc = await tx.get(collections.installation, marker)
      if (!doc) await tx.insert(collections.installation, [{ id: marker, rev: 1, state: 'begun', at: new Date().toISOString() }])
      return doc
    })
    if (!found) return true
    if (found.state === 'done') return false
    if (Date.now() - Date.parse(found.at as string) > patience) throw new ConfigError(`MONGODB_URI: an installation was begun in this database (${found.at as string}) and not finished. Drop the database and start again.`)
    await sleep(500)
  }
}

async function mark(store: Store, state: 'begun' | 'done'): Promise<void> {
  await store.transaction((tx) => tx.update(collections.installation, marker, undefined, { state, at: new Date().toISOString() }))
}

async function onStore({ config, root, demo, clock, log }: InstallationOptions, store: Store): Promise<{ installation: Installation; lines: string[] }> {
  return closedOnFailure(store, async () => {
    const background = new Background((error) => log.error({ err: error }, 'background work failed'))
    const services: Services = { background, store, files: await openDiskFiles(join(config.dataDir, 'files')), clock: clock ?? systemClock(config.timeZone), newId, ...(config.mail && { mailer: smtpMailer(config.mail) }) }
    const holder = new ModelHolder(store, services.clock)
    const { lines } = await install(services, holder, config, join(root, 'seed'), demo)
    await holder.current()
    return { installation: { services, holder }, lines }
  })
}

async function closedOnFailure<T>(store: Store, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    await store.close()
    throw error
  }
}

function announce({ config, log }: InstallationOptions) {
  if (config.demo) log.info('Loading the demonstration company; this takes some seconds …')
}

function makeFolder(folder: string) {
  try {
    mkdirSync(folder, { recursive: true })
  } catch (error) {
    throw new ConfigError(`DATA_DIR: the folder ${folder} cannot be made or used (${(error as NodeJS.ErrnoException).code}).`)
  }
}
