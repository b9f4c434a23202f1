import type { TrailEntry } from '../trail'
import type { Committer, CommitRun } from './committer'

const add = ({ ctx, instance }: CommitRun, entry: Omit<TrailEntry, 'at' | 'by'>) => { instance.trail.push({ at: ctx.clock.now(), by: 'system', ...entry }) }

export const automatic: Committer<'automatic'> = async ({ kind, ...entry }, run) => add(run, { kind, ...entry })
export const noted: Committer<'noted'> = async ({ kind, ...entry }, run) => add(run, { kind, ...entry })
export const incident: Committer<'incident'> = async ({ kind, ...entry }, run) => add(run, { kind, ...entry })
export const reassigned: Committer<'reassigned'> = async ({ kind, ...entry }, run) => add(run, { kind, ...entry })
export const returned: Committer<'returned'> = async ({ node, to, superseded }, run) => add(run, { kind: 'sentBack', node, to, superseded })
export const remind: Committer<'remind'> = async ({ node, round, keys }, run) => add(run, { kind: 'reminded', node, round, people: keys.map((key) => run.instance.state.tasks.find((t) => t.key === key)!.assignee) })
export const rerouted: Committer<'rerouted'> = async ({ node, round, from, to }, { ctx, instance }) => {
  instance.trail.push({ at: ctx.clock.now(), by: ctx.me.id, kind: 'reassigned', node, round, person: from, people: [to] })
}
