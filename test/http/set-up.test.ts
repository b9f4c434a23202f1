/** Set-up as a stranger meets it: the real process, its environment, its messages, how it ends and starts again. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from '../support/client'
import { killAll, startServer } from '../support/process'

jest.setTimeout(120_000)

let folder: string
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'set-up-')) })
afterEach(async () => {
  await killAll()
  rmSync(folder, { recursive: true, force: true })
})

const bare = { NO_DEMO: '1', ADMIN_PASSWORD: 'the admin password' }
const dataDir = () => join(folder, 'data')
/** Prints what is wrong and ends. */
async function refusal(env: Record<string, string>): Promise<string> {
  const server = startServer({ DATA_DIR: dataDir(), ...env })
  expect(await server.exited).toEqual({ code: 1, signal: null })
  return server.output()
}
async function stopped(server: ReturnType<typeof startServer>) {
  server.kill('SIGTERM')
  expect(await server.exited).toEqual({ code: 0, signal: null })
}

test('without a demonstration company: one administrator, with the given password; a second start keeps everything', async () => {
  const first = startServer({ DATA_DIR: dataDir(), ...bare })
  const url = await first.ready()
  expect(first.output()).toContain('Administrator: admin / the password from ADMIN_PASSWORD')
  expect(first.output()).not.toContain('the admin password')
  expect(first.output()).not.toMatch(/Demonstration/i)
  const admin = await Client.signIn(url, 'admin', 'the admin password')
  expect((await admin.list('user', { count: 'exact' })).count).toBe(1)
  const me = await admin.must(admin.get<{ capabilities: string[] }>('/me'))
  expect(me.capabilities).toEqual(expect.arrayContaining(['studio', 'users']))
  const department = await admin.create('department', { name: 'Kept' })
  await stopped(first)

  const second = startServer({ DATA_DIR: dataDir(), ...bare, ADMIN_PASSWORD: 'another password' })
  const again = await second.ready()
  expect(second.output()).not.toMatch(/Administrator:/)
  // The session lives on, the password is still the first one.
  expect(await Object.assign(new Client(again), { cookie: admin.cookie }).read('department', department.id)).toEqual(department)
  await Client.signIn(again, 'admin', 'the admin password')
  await stopped(second)
})

test('a password that is made up is printed once', async () => {
  const first = startServer({ DATA_DIR: dataDir(), NODE_ENV: 'production' })
  const url = await first.ready()
  const [, password] = await first.printed(/admin \/ (\S+)/)
  expect(password).toMatch(/^[\w-]{12,}$/)
  await Client.signIn(url, 'admin', password!)
  await stopped(first)
  const second = startServer({ DATA_DIR: dataDir(), NODE_ENV: 'production' })
  await second.ready()
  expect(second.output()).not.toContain(password)
  await stopped(second)
})

test('a made-up password is not lost when the port turns out to be taken', async () => {
  const occupant = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => { occupant.once('listening', resolve) })
  const { port } = occupant.address() as AddressInfo
  const first = startServer({ DATA_DIR: dataDir(), NO_DEMO: '1', PORT: String(port) })
  expect((await first.exited).code).toBe(1)
  expect(first.output()).toMatch(/port is in use/i)
  occupant.close()
  const second = startServer({ DATA_DIR: dataDir(), NO_DEMO: '1' })
  const url = await second.ready()
  const password = /admin \/ (\S+)/.exec(first.output() + second.output())?.[1]
  expect(password).toBeDefined()
  await Client.signIn(url, 'admin', password!)
  await stopped(second)
})

describe('what the environment says wrongly is named', () => {
  test.each<[string, Record<string, string>, RegExp[]]>([
    ['a port that is none', { PORT: 'web' }, [/PORT/]],
    ['a port out of range', { PORT: '70000' }, [/PORT/, /65535/]],
    ['a short password', { ADMIN_PASSWORD: 'short' }, [/ADMIN_PASSWORD/]],
    ['a time zone that is none', { TIME_ZONE: 'Mars/Olympus' }, [/TIME_ZONE/, /Asia\/Shanghai/]],
    ['several things, all at once', { PORT: '-1', DEMO_PASSWORD: 'x', LOG_LEVEL: 'loud', TRUST_PROXY: 'yes' }, [/PORT/, /DEMO_PASSWORD/, /LOG_LEVEL/, /TRUST_PROXY/]],
  ])('%s', async (_, env, patterns) => {
    const output = await refusal({ ...bare, ...env })
    for (const pattern of patterns) expect(output).toMatch(pattern)
    expect(output).not.toMatch(/\n\s+at /)
  })

  test('a data folder that is a file', async () => {
    writeFileSync(join(folder, 'file'), '')
    const output = await refusal({ ...bare, DATA_DIR: join(folder, 'file') })
    expect(output).toContain(join(folder, 'file'))
    expect(output).not.toMatch(/\n\s+at /)
  })

  test('an unknown command', async () => {
    const server = startServer({ DATA_DIR: dataDir(), ...bare }, ['fly'])
    expect((await server.exited).code).toBe(1)
    expect(server.output()).toMatch(/fly.*serve/s)
  })
})

describe('ending', () => {
  test('SIGTERM finishes the request under way, takes no more, and ends with 0', async () => {
    const server = startServer({ DATA_DIR: dataDir(), ...bare })
    const url = await server.ready()
    const admin = await Client.signIn(url, 'admin', 'the admin password')
    const idle = await fetch(`${url}/api/v1/health/live`)
    await idle.text()

    const body = JSON.stringify({ name: 'Sent in two parts' })
    const answer = new Promise<{ status: number; text: string }>((resolve, reject) => {
      const half = request(`${url}/api/v1/records/department`, { method: 'POST', headers: { 'content-type': 'application/json', 'content-length': body.length, cookie: admin.cookie, 'x-csrf-token': admin.csrf } }, (response) => {
        let text = ''
        response.setEncoding('utf8').on('data', (part: string) => { text += part }).on('end', () => resolve({ status: response.statusCode!, text }))
      }).once('error', reject)
      half.write(body.slice(0, 10), () => {
        server.kill('SIGTERM')
        void server.printed(/SIGTERM/).then(() => half.end(body.slice(10)), reject)
      })
    })
    const { status, text } = await answer
    expect(status).toBe(201)
    await expect(fetch(`${url}/api/v1/health/live`)).rejects.toThrow()
    expect(await server.exited).toEqual({ code: 0, signal: null })

    const again = startServer({ DATA_DIR: dataDir(), ...bare })
    const client = Object.assign(new Client(await again.ready()), { cookie: admin.cookie })
    expect(await client.read('department', (JSON.parse(text) as { id: string }).id)).toMatchObject({ name: 'Sent in two parts' })
    await stopped(again)
  })

  test('SIGINT ends it as well', async () => {
    const server = startServer({ DATA_DIR: dataDir(), ...bare })
    await server.ready()
    server.kill('SIGINT')
    expect(await server.exited).toEqual({ code: 0, signal: null })
  })
})

test('killed at any moment of its first start, it starts again by itself', async () => {
  for (let round = 0; round < 4; round++) {
    const DATA_DIR = join(folder, `data${round}`)
    const first = startServer({ DATA_DIR, ...bare })
    const delay = new Promise((resolve) => { setTimeout(resolve, 250 + round * 200) })
    await Promise.race([delay, first.ready()])
    first.kill('SIGKILL')
    await first.exited
    const second = startServer({ DATA_DIR, ...bare })
    const admin = await Client.signIn(await second.ready(), 'admin', 'the admin password')
    expect((await admin.list('user', { count: 'exact' })).count).toBe(1)
    await stopped(second)
  }
})
