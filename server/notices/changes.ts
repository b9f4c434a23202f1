/** What changed for whom, as a number that every process on the store can compare: one row a person and topic, its revision counts. */
import { collections } from '../model/collections'
import { StoreError, type Transaction } from '../ports/store'
import type { WriteContext } from '../use-cases/context'

export type Topic = 'tasks' | 'notices'

/** Notes with the commit at hand that something changed for a person. */
export async function touch({ tx, clock }: WriteContext, user: string, topic: Topic): Promise<void> {
  const id = `${user}:${topic}`
  const known = noted.get(tx) ?? new Set()
  if (known.has(id)) return
  noted.set(tx, known.add(id))
  if (!(await counted(tx, id, clock.now()))) await tx.insert(collections.change, [{ id, rev: 1, user, topic, at: clock.now() }])
}

async function counted(tx: Transaction, id: string, at: string): Promise<boolean> {
  try {
    await tx.update(collections.change, id, undefined, { at })
    return true
  } catch (error) {
    if (error instanceof StoreError && error.code === 'NOT_FOUND') return false
    throw error
  }
}

/** What a transaction has noted already. */
const noted = new WeakMap<Transaction, Set<string>>()
