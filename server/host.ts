/** A running server: store, model, HTTP. Used by main.ts and by tests, which run the real thing on a port of their own. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { megabyte } from '../schemas/files'
import type { Config } from './config'
import { createApp } from './http/app'
import { finishReleases, openInstallation, type InstallationOptions } from './installation'
import type { ModelHolder } from './model/model'
import type { Store } from './ports/store'
import { startLive } from './notices/live'
import { httpOutside } from './outbox/http-outside'
import type { Services } from './use-cases/context'
import { startWorker, type Worker } from './worker'

export interface Host {
  url: string
  services: Services
  holder: ModelHolder
  worker: Worker
  /** Finishes the requests under way, then closes the store. */
  close(): Promise<void>
}

export async function startHost(options: InstallationOptions): Promise<Host> {
  const { config, log, root } = options
  const installation = await openInstallation(options)
  const { services, holder } = installation
  let closing = false
  const pause = options.pause ?? second
  const live = startLive(services, holder, log, pause)
  const app = createApp({ services, holder, live, log, pages: join(root, 'dist/apps'), trustProxy: config.trustProxy, maxUpload: config.maxUploadMb * megabyte, ready: () => !closing })
  const server = createServer({ keepAliveTimeout: idle }, app)
  try {
    await listen(server, config)
  } catch (error) {
    await live.stop()
    await services.store.close()
    throw error
  }
  const outside = httpOutside({ secrets: config.webhookSecrets, allowed: config.webhookAllowHosts })
  const worker = startWorker({ services, holder, outside }, log, pause)
  services.background.start(() => finishReleases(installation))
  const { port } = server.address() as AddressInfo
  return { url: `http://${config.host === '0.0.0.0' ? 'localhost' : config.host}:${port}`, services, holder, worker, close: async () => { closing = true; await Promise.all([worker.stop(), live.stop(), services.background.stop()]); services.mailer?.close(); await shut(server, services.store) } }
}

const second = 1000
/** Longer than clients and proxies (60 s) keep a connection they do not use: a server that closes first breaks a request that is on its way. */
const idle = 75 * second
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
