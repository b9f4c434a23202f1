/** Every path the server has, read from its routers, in the order in which they are asked. */
import pino from 'pino'
import { createApp } from '../../server/http/app'
import { startLive } from '../../server/notices/live'
import type { TestHost } from './host'

/** `takes`: whether a request, as METHOD path without its query, is for it. */
interface ServedRoute { name: string; takes(asked: string): boolean }

interface Layer { route?: { path: string | string[]; methods: Record<string, boolean> }; handle: { stack?: Layer[] } }

async function servedRoutes({ services, holder }: TestHost): Promise<ServedRoute[]> {
  const log = pino({ level: 'silent' })
  const live = startLive(services, holder, log, 60_000)
  await live.stop()
  const app = createApp({ services, holder, live, log, pages: 'none', trustProxy: 0, maxUpload: 1, ready: () => true })
  return routesIn((app.router as unknown as { stack: Layer[] }).stack)
}

function routesIn(layers: Layer[]): ServedRoute[] {
  return layers.flatMap(({ route, handle }) => (route ? [route.path].flat().flatMap((path) => Object.keys(route.methods).map((method) => routeOf(method.toUpperCase(), path))) : routesIn(handle.stack ?? [])))
}

function routeOf(method: string, path: string): ServedRoute {
  const pattern = new RegExp(`^${method} ${path.replaceAll(/:\w+/g, '[^/]+').replaceAll(/\{[^}]*\}/g, '.*')}$`)
  return { name: `${method} ${path}`, takes: (asked) => pattern.test(asked) }
}

/** Paths of the server that nobody asked for and nobody is excused from. */
export async function leftOut(host: TestHost, asked: Iterable<string>): Promise<string[]> {
  const served = await servedRoutes(host)
  const walked = new Set([...asked].map((one) => served.find((route) => route.takes(one))?.name))
  return served.map(({ name }) => name).filter((name) => !walked.has(name) && !(name in elsewhere))
}

/** What the rights matrix does not walk, and where it is held to account. */
const elsewhere: Record<string, string> = {
  ...Object.fromEntries(['GET /health/live', 'GET /health/ready', 'GET /studio', 'GET /studio/{*path}', 'GET /{*path}'].map((name) => [name, 'open to all, and the same for all'])),
  ...Object.fromEntries(['POST /session', 'DELETE /session', 'GET /me', 'PATCH /me', 'POST /me/password', 'PUT /me/preferences/:key'].map((name) => [name, "one's own: test/http/sessions.test.ts"])),
  ...Object.fromEntries(['GET /me/out-of-office', 'POST /me/out-of-office', 'DELETE /me/out-of-office/:id'].map((name) => [name, "one's own: test/http/tasks.test.ts"])),
  ...Object.fromEntries(['POST /files', 'GET /files/:id', 'GET /files/:id/info'].map((name) => [name, 'test/http/files.test.ts'])),
  ...Object.fromEntries(['GET /decide/:token', 'POST /decide/:token'].map((name) => [name, 'test/http/mail.test.ts'])),
  'GET /events': 'test/http/notices.test.ts',
  ...Object.fromEntries(['GET /people', 'GET /departments'].map((name) => [name, 'the same for all who are signed in: test/http/tasks.test.ts'])),
  'GET /openapi.json': 'test/http/openapi.test.ts',
}
