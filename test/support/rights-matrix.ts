/**
 * Every role × entity × path, compared with an oracle that works the rights out record by record (rights-oracle.ts). What a person may
 * not see is 404 and leaves no trace in counts, sums, orders, cursors, titles, expansions and errors.
 */
import type { TestHost } from './host'
import { besides, blindPaths } from './rights-blind'
import { paths, tasks } from './rights-paths'
import { status, viewerOf, worldOf, type Viewer, type World } from './rights-world'

const all = { ...paths, ...blindPaths }

export function matrix(usernames: string[], made: () => Promise<TestHost>): () => World {
  let world: World
  const viewers = new Map<string, Viewer>()
  beforeAll(async () => {
    world = await worldOf(await made())
    for (const [turn, name] of usernames.entries()) viewers.set(name, await viewerOf(world, name, turn))
  }, 240_000)
  afterAll(() => world?.host.close())

  describe.each(usernames)('%s', (username) => {
    const readable = (v: Viewer) => world.entities.filter((e) => v.oracle.knows(e.name) && world.documents.some((d) => d.kind === 'role' && d.grants.some((g) => g.entity === e.name && g.verbs.includes('read')) && v.oracle.knows(e.name)))

    test('knows nothing of other entities', async () => {
      const v = viewers.get(username)!
      for (const e of world.entities.filter((x) => !v.oracle.knows(x.name))) {
        expect(await status(v.client.get(`/records/${e.name}`))).toBe('403 forbidden')
        expect(await status(v.client.post(`/records/${e.name}/aggregate`, { measures: [{ op: 'count' }] }))).toBe('403 forbidden')
        for (const record of world.records.get(e.name)!.slice(0, 2)) expect(await status(v.client.get(`/records/${e.name}/${record.id}`))).toBe('403 forbidden')
      }
    })

    test('tasks', () => tasks(viewers.get(username)!))
    test('what is no matter of one entity', () => besides(viewers.get(username)!))

    test.each(Object.keys(all))('%s', async (path) => {
      const v = viewers.get(username)!
      for (const e of readable(v)) {
        try {
          await all[path]!(v, e)
        } catch (error) {
          throw Object.assign(error as Error, { message: `${username}, ${e.name}, ${path}: ${(error as Error).message}` })
        }
      }
    }, 120_000)
  })
  test('records were created where they may be', () => expect(world.created.size).toBeGreaterThan(0))

  return () => world
}
