/** What changed for whom, as a number that every process on the store can compare: one row a person and topic, its revision counts. */
import { collections } from '../model/collections'
import type { WriteContext } from '../use-cases/context'

export type Topic = 'tasks' | 'notices'

/** Notes with the commit at hand that something changed for a person. */
export async function touch({ tx, clock }: WriteContext, user: string, topic: Topic): Promise<void> {
  const id = `${user}:${topic}`
  if (await tx.get(collections.change, id, [])) await tx.update(collections.change, id, undefined, { at: clock.now() })
  else await tx.insert(collections.change, [{ id, rev: 1, user, topic, at: clock.now() }])
}
