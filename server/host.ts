/** A running server: store, model, HTTP. Used by main.ts and by tests, which run the real thing on a port of their own. */
import { createServer, type Server } from 'node:http'
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { v7 } from 'uuid'
import { ConfigError, type Config } from './config'
import { createApp } from './http/app'
import { ModelHolder } from './model/model'
import { systemClock, type Clock } from './ports/clock'
import type { Store } from './ports/store'
import { install, type DemoCompany } from './setup/install'
import { openSqlite } from './stores/sqlite'
import type { Services } from './use-cases/context'
import { runDataChanges } from './use-cases/data-changes'

export interface HostOptions {
  config: Config
  log: Logger
  /** The project's folder: seed and built apps are below it. */
  root: string
  demo: DemoCompany
  clock?: Clock
  /** What a new installation has to tell its owner, once; said as soon as it is kept, whatever becomes of this start. */
  tell?: (line: string) => void
}

export interface Host {
  url: string
  services: Services
  holder: ModelHolder
  /** Finishes the requests under way, then closes the store. */
  close(): Promise<void>
}

export async function startHost(options: HostOptions): Promise<Host> {
  const { config, log, root } = options
  const { services, holder } = await openInstallation(options)
  let closing = false
  const app = createApp({ services, holder, log, pages: join(root, 'dist/apps'), trustProxy: config.trustProxy, ready: () => !closing })
  const server = createServer(app)
  try {
    await listen(server, config)
  } catch (error) {
    await services.store.close()
    throw error
  }
  const { port } = server.address() as AddressInfo
  return { url: `http://${config.host === '0.0.0.0' ? 'localhost' : config.host}:${port}`, services, holder, close: () => { closing = true; return shut(server, services.store) } }
}

/** The store opened and installed, without HTTP: what the command line works on. */
export async function openInstallation(options: HostOptions): Promise<Installation> {
  const { config, log } = options
  makeFolder(config.dataDir)
  const file = join(config.dataDir, 'formwright.db')
  if (existsSync(file)) return (await openFile(options, file)).installation
  if (config.demo) log.info('Loading the demonstration company; this takes some seconds …')
  // A new installation appears as a whole: an interrupted one is thrown away and begun again.
  const unfinished = join(config.dataDir, 'installing.db')
  for (const suffix of ['', '-wal', '-shm']) rmSync(unfinished + suffix, { force: true })
  const { installation, lines } = await openFile(options, unfinished)
  await installation.services.store.close()
  renameSync(unfinished, file)
  for (const line of lines) options.tell?.(line)
  return (await openFile(options, file)).installation
}

function makeFolder(folder: string) {
  try {
    mkdirSync(folder, { recursive: true })
  } catch (error) {
    throw new ConfigError(`DATA_DIR: the folder ${folder} cannot be made or used (${(error as NodeJS.ErrnoException).code}).`)
  }
}

export interface Installation { services: Services; holder: ModelHolder }

async function openFile({ config, root, demo, clock }: HostOptions, file: string): Promise<{ installation: Installation; lines: string[] }> {
  const store = await openSqlite({ file })
  try {
    const services: Services = { store, clock: clock ?? systemClock(config.timeZone), newId: () => v7() }
    const holder = new ModelHolder(store)
    const { lines } = await install(services, holder, config, join(root, 'seed'), demo)
    await holder.current()
    await runDataChanges(services, holder)
    return { installation: { services, holder }, lines }
  } catch (error) {
    await store.close()
    throw error
  }
}

function listen(server: Server, { port, host }: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
}

/** Long enough for any honest request; idle keep-alive connections are closed at once. */
const patience = 10_000

async function shut(server: Server, store: Store): Promise<void> {
  const closed = new Promise<void>((resolve) => { server.close(() => resolve()) })
  server.closeIdleConnections()
  const deadline = setTimeout(() => server.closeAllConnections(), patience)
  await closed
  clearTimeout(deadline)
  await store.close()
}
