/**
 * Who is connected, and what to tell them: that tasks, notices or the release changed, never what they say; the app asks for that with its
 * ordinary rights. One look at the store serves all connections of the process, so any number of processes may share a store.
 */
import type { Logger } from 'pino'
import { collections } from '../model/collections'
import type { ModelHolder } from '../model/model'
import { later } from '../jobs/due'
import { startLoop } from '../jobs/loop'
import type { Services } from '../use-cases/context'
import type { Session } from '../use-cases/sessions'
import type { Topic } from './changes'

export interface Listener { session: Session; send(event: Topic | 'release' | 'beat', data: unknown): void; close(): void }

export interface Live {
  /** Tells from now on; the answer stops it. */
  join(listener: Listener): () => void
  /** Closes every connection. */
  stop(): Promise<void>
}

/** Commits of other processes may show that much later than the time they carry. */
const overlap = 10_000
const beatEvery = 15_000

export function startLive(services: Services, holder: ModelHolder, log: Logger, pause: number): Live {
  const listeners = new Set<Listener>()
  const seen = new Map<string, number>()
  let release: number | undefined
  let beat = Date.now()

  const look = async () => {
    if (listeners.size === 0) { seen.clear(); release = undefined; return 0 }
    await dropEnded()
    for (const { id, rev, user, topic } of await changes()) {
      if (seen.get(id) === rev) continue
      seen.set(id, rev)
      tell((l) => l.session.person.id === user, topic as Topic, {})
    }
    const now = (await holder.current()).release
    if (release !== undefined && now !== release) tell(() => true, 'release', { release: now })
    release = now
    if (Date.now() - beat >= beatEvery) { beat = Date.now(); tell(() => true, 'beat', {}) }
    return 0
  }
  const changes = () => services.store.find(collections.change, { where: { path: ['at'], op: 'gte', value: later(services.clock.now(), -overlap) } })
  const tell = (whom: (l: Listener) => boolean, event: Topic | 'release' | 'beat', data: unknown) => { for (const l of listeners) if (whom(l)) l.send(event, data) }

  /** Who signed out, was signed out or left is told nothing more. */
  async function dropEnded() {
    const now = services.clock.now()
    const { directory } = await holder.current()
    const docs = await services.store.getMany(collections.session, [...new Set([...listeners].map((l) => l.session.id))], ['expiresAt', 'user'])
    const valid = new Set(docs.filter((d) => (d.expiresAt as string) > now && directory.person(d.user as string)?.active).map((d) => d.id))
    for (const l of listeners) if (!valid.has(l.session.id)) { listeners.delete(l); l.close() }
  }

  const loop = startLoop(look, log, pause)
  return {
    join: (listener) => { listeners.add(listener); return () => { listeners.delete(listener) } },
    stop: async () => { await loop.stop(); for (const l of listeners) l.close(); listeners.clear() },
  }
}
