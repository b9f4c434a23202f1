/**
 * Two server processes on one MongoDB: installed once, and what one publishes or writes the other has. Runs on MONGODB_URI when that is
 * set, else on a stand-in, which shows that the server starts and works there, nothing about transactions of a real replica set.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Entity } from '../../schemas/generated/types'
import { startStandIn, standInProgram, type StandIn } from '../contract/store/stand-in'
import { Client } from '../support/client'
import { killAll, startServer } from '../support/process'
import { databaseFor, dropDatabase } from '../support/stores'

jest.setTimeout(180_000)

const folder = mkdtempSync(join(tmpdir(), 'mongodb-'))
let standIn: StandIn | undefined
afterAll(async () => {
  await killAll()
  await standIn?.stop()
  if (given !== undefined) await dropDatabase(given)
  rmSync(folder, { recursive: true })
})

const given = databaseFor(folder)
async function database(): Promise<string> {
  return given ?? (standIn = await startStandIn()).uri
}

const can = given !== undefined || standInProgram() !== undefined ? test : test.skip

can('two processes', async () => {
  const env = { MONGODB_URI: await database(), DATA_DIR: folder, NO_DEMO: '1', ADMIN_PASSWORD: 'a password' }
  const first = startServer(env)
  const url = await first.ready()
  expect(first.output()).toContain('Administrator')
  const second = startServer(env)
  const there = await second.ready()
  expect(second.output()).not.toContain('Administrator')

  const here = await Client.signIn(url, 'admin', 'a password')
  const elsewhere = Object.assign(new Client(there), { cookie: here.cookie, csrf: here.csrf })
  const department = await here.create('department', { name: 'Seen by both' })
  expect(await elsewhere.read('department', department.id)).toMatchObject({ name: 'Seen by both' })
  await elsewhere.must(elsewhere.patch(`/records/department/${department.id}`, { name: 'Changed there' }))
  expect(await here.read('department', department.id)).toMatchObject({ name: 'Changed there', rev: 2 })

  const { definition } = await here.must(here.get<{ definition: Entity }>('/definitions/entity/department'))
  await here.must(here.put('/definitions/entity/department', { ...definition, fields: [...definition.fields, { name: 'x_motto', type: 'text', label: { en: 'Motto', zh: '口号' } }] }))
  await here.must(here.post('/releases', { wait: true }))
  await elsewhere.must(elsewhere.patch(`/records/department/${department.id}`, { x_motto: 'Live everywhere' }))
  expect(await here.read('department', department.id)).toMatchObject({ x_motto: 'Live everywhere' })
  for (const server of [first, second]) { server.kill('SIGTERM'); expect(await server.exited).toEqual({ code: 0, signal: null }) }
})
