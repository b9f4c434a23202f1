import { reasonLabel } from '../../../schemas/errors'
import { notify } from '../../notices/notify'
import { administratorsOf } from '../administrators'
import { taskId } from '../instances'
import type { TrailEntry } from '../trail'
import type { Committer, CommitRun } from './committer'

const add = ({ ctx, instance }: CommitRun, entry: Omit<TrailEntry, 'at' | 'by'>) => { instance.trail.push({ at: ctx.clock.now(), by: 'system', ...entry }) }

export const automatic: Committer<'automatic'> = async ({ kind, ...entry }, run) => add(run, { kind, ...entry })
export const noted: Committer<'noted'> = async ({ kind, ...entry }, run) => add(run, { kind, ...entry })
export const incident: Committer<'incident'> = async ({ kind, ...entry }, run) => {
  add(run, { kind, ...entry })
  const { ctx, instance } = run
  const to = [...(await administratorsOf(ctx, instance)), ...ctx.model.directory.admins()]
  await notify(ctx, { id: `${instance.id}.incident.${instance.trail.length}`, to, kind: 'incident', params: { reason: reasonLabel(entry.reason) }, link: { entity: instance.entity, record: instance.record, instance: instance.id } })
}
export const reassigned: Committer<'reassigned'> = async ({ kind, ...entry }, run) => add(run, { kind, ...entry })
export const returned: Committer<'returned'> = async ({ node, to, superseded }, run) => {
  add(run, { kind: 'sentBack', node, to, superseded })
  run.returnedTo = new Set([...(run.returnedTo ?? []), to])
}
export const remind: Committer<'remind'> = async ({ node, round, keys }, run) => {
  const { ctx, instance } = run
  const asked = keys.map((key) => instance.state.tasks.find((t) => t.key === key)!)
  add(run, { kind: 'reminded', node, round, people: asked.map((t) => t.assignee) })
  for (const { key, assignee } of asked) {
    const task = taskId(instance, key)
    await notify(ctx, { id: `${task}.reminder.${instance.trail.length}`, to: [assignee], kind: 'reminder', params: {}, link: { entity: instance.entity, record: instance.record, instance: instance.id, task } })
  }
}
export const rerouted: Committer<'rerouted'> = async ({ node, round, from, to }, { ctx, instance }) => {
  instance.trail.push({ at: ctx.clock.now(), by: ctx.me.id, kind: 'reassigned', node, round, person: from, people: [to] })
}
