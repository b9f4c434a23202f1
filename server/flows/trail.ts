/**
 * The trail of an instance: only ever added to. Each entry's hash covers the entry and the hash before it, so that a change of any of
 * them is found (`npm run flows:check`).
 */
import { createHash } from 'node:crypto'
import type { Reason } from '../../schemas/errors'

export type TrailKind =
  | 'submitted' | 'resubmitted' | 'approved' | 'rejected' | 'returned' | 'sentBack' | 'withdrawn' | 'invalidated' | 'cancelled' | 'terminated' | 'automatic' | 'noted' | 'incident' | 'ended'
  | 'transferred' | 'delegated' | 'signersAdded' | 'signersRemoved' | 'copied' | 'claimed' | 'commented' | 'urged' | 'reminded' | 'reassigned'
  | 'called' | 'childEnded' | 'serviceDone' | 'serviceFailed' | 'timer' | 'retried' | 'jumped' | 'migrated'

/** What happened, by whom, in whose place (`onBehalfOf`, by the out-of-office entry `proxy`); `people` are those it was done to. */
export interface TrailEntry {
  at: string; by: string; kind: TrailKind; node?: string; round?: number; comment?: string | null; reason?: Reason; result?: string; decision?: string
  onBehalfOf?: string; proxy?: string; people?: string[]; person?: string; cites?: string; attachments?: string[]; signature?: string; fields?: string[]
  /** Where it was sent, and the tasks whose decisions count no more. */
  to?: string; superseded?: string[]
  /** The instance that was called, or had been. */
  instance?: string
  /** Of a migration: the versions of the flow, and where nodes went. */
  versions?: { from: number; to: number }; mapping?: { [node: string]: string }
  hash?: string
}

/** Adds the hashes that are missing; entries from before there were hashes are sealed with the first new one. */
export function seal(trail: TrailEntry[]): TrailEntry[] {
  let before = ''
  return trail.map((entry) => {
    const sealed = entry.hash === undefined ? { ...entry, hash: hashOf(entry, before) } : entry
    before = sealed.hash!
    return sealed
  })
}

/** Place of the first entry that is not what was sealed; undefined when all are. */
export function firstAltered(trail: TrailEntry[]): number | undefined {
  const at = trail.findIndex((entry, i) => entry.hash !== hashOf(entry, trail[i - 1]?.hash ?? ''))
  return at < 0 ? undefined : at
}

function hashOf({ hash: _, ...entry }: TrailEntry, before: string): string {
  const members = Object.entries(entry).filter(([, value]) => value !== undefined).sort(([a], [b]) => (a < b ? -1 : 1))
  return createHash('sha256').update(`${before}\n${JSON.stringify(members)}`).digest('hex')
}
