/** The real server on a port of its own with a data folder of its own. Demonstration data stays out; tests make the people they need. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import type { WireRecord } from '../../runtime/engine'
import type { Definition } from '../../schemas/generated/types'
import type { Config } from '../../server/config'
import { startHost } from '../../server/host'
import type { ModelHolder } from '../../server/model/model'
import { systemClock, type Clock } from '../../server/ports/clock'
import { stageOn, type Stage } from '../../server/setup/actor'
import type { DemoCompany } from '../../server/setup/install'
import type { Services } from '../../server/use-cases/context'
import type { Worker } from '../../server/worker'
import { Client, type ClientOptions } from './client'
import { root } from './sources'
import { databaseFor, dropDatabase } from './stores'

const hour = 3_600_000
export const nobody: DemoCompany = { accounts: [], load: () => Promise.resolve() }
export const password = 'a password'

export interface TestHost {
  url: string
  dataDir: string
  services: Services
  holder: ModelHolder
  worker: Worker
  /** Acting without HTTP, as the engine or as somebody. */
  stage: Stage
  /** A person with an account; the answer is the record. */
  addUser(user: WireRecord & { username: string }): Promise<WireRecord & { id: string }>
  signIn(username: string, options?: ClientOptions): Promise<Client>
  /** Stops the server. Fails when a request had ended in a 500. */
  close(): Promise<void>
}

export interface HostOptions {
  /** The template: that of `seed/` unless given. */
  documents?: Definition[]
  /** Stands still on this day when given. */
  today?: string
  /** Who moves the clock says by `worker.runDue` when work is done: nothing is sent in between, at a moment that hangs on the machine’s load. */
  clock?: Clock
  /** Sends mail by this server, as from http://crm.test. */
  smtpUrl?: string
  /** Nobody unless given. */
  demo?: DemoCompany
}

export async function startTestHost({ documents, today, clock, smtpUrl, demo = nobody }: HostOptions = {}): Promise<TestHost> {
  const folder = mkdtempSync(join(tmpdir(), 'host-'))
  const failures: string[] = []
  const log = pino({ level: 'error' }, { write: (line: string) => { failures.push(shortened(line)) } })
  const host = await startHost({ config: { ...configFor(join(folder, 'data')), ...(smtpUrl !== undefined && { mail: { url: smtpUrl, from: 'Formwright <crm@example.com>', publicUrl: 'http://crm.test' } }) }, log, root: documents ? withTemplate(folder, documents) : root, demo, ...(today !== undefined && { clock: stoppedClock(today) }), ...(clock && { clock, pause: hour }) })
  const stage = stageOn(host.services, host.holder)
  return {
    url: host.url, dataDir: join(folder, 'data'), services: host.services, holder: host.holder, worker: host.worker, stage,
    addUser: async (user) => {
      const record = await stage.engine.create('user', { name: user.username, language: 'en', ...user })
      await stage.setPassword(record.id!, password)
      return record as WireRecord & { id: string }
    },
    signIn: (username, options) => Client.signIn(host.url, username, password, options),
    close: async () => {
      await host.close()
      const database = databaseFor(join(folder, 'data'))
      if (database !== undefined) await dropDatabase(database)
      rmSync(folder, { recursive: true })
      if (failures.length > 0) throw new Error(`requests failed on the server's side:\n${failures.join('\n')}`)
    },
  }
}

function shortened(line: string): string {
  const { err, url } = JSON.parse(line) as { err?: { stack: string }; url?: string }
  return err ? `${url}: ${err.stack.split('\n').slice(0, 4).join('\n')}` : line
}

export const configFor = (dataDir: string): Config => ({
  production: false, port: 0, host: '127.0.0.1', dataDir, mongodbUri: databaseFor(dataDir), demo: true, demoPassword: password, adminPassword: undefined, timeZone: 'Asia/Shanghai', maxUploadMb: 1, logLevel: 'silent', trustProxy: 0, mail: undefined, webhookAllowHosts: ['127.0.0.1'], webhookSecrets: new Map([['partner', 'a shared secret']]),
})

/** That day, with moments that still follow each other. */
export function stoppedClock(today: string): Clock {
  const noon = Date.parse(`${today}T04:00:00Z`)
  const { now } = systemClock('UTC')
  const started = Date.parse(now())
  return { timeZone: 'Asia/Shanghai', today: () => today, now: () => new Date(noon + Date.parse(now()) - started).toISOString() }
}

/** A project folder whose template consists of these documents; the built apps are the project's. */
export function withTemplate(folder: string, documents: Definition[]): string {
  symlinkSync(join(root, 'dist'), join(folder, 'dist'))
  const seed = join(folder, 'seed')
  for (const part of ['entities', 'pipelines', 'flows', 'roles']) mkdirSync(join(seed, part), { recursive: true })
  const template: Definition = { kind: 'template', name: 'test', version: '1.0.0', label: { en: 'Test', zh: '测试' }, menu: [{ id: 'people', label: { en: 'People', zh: '人员' }, entities: ['user'] }] }
  const write = (path: string, document: Definition) => writeFileSync(join(seed, path), JSON.stringify(document))
  write('template.json', template)
  documents.forEach((document, i) => write(`entities/${i}.json`, document))
  return folder
}

/** The present, moved on by hand, in milliseconds. */
export function movableClock(): Clock & { tick(ms: number): void } {
  const { now } = systemClock('UTC')
  let ahead = 0
  const moved = () => new Date(Date.parse(now()) + ahead).toISOString()
  return { timeZone: 'Asia/Shanghai', now: moved, today: () => moved().slice(0, 10), tick: (ms) => { ahead += ms } }
}
