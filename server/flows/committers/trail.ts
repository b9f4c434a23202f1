import type { Committer } from './committer'

export const automatic: Committer<'automatic'> = async ({ kind, ...entry }, { ctx, instance }) => {
  instance.trail.push({ at: ctx.clock.now(), by: 'system', kind, ...entry })
}

export const incident: Committer<'incident'> = async ({ node, reason }, { ctx, instance }) => {
  instance.trail.push({ at: ctx.clock.now(), by: 'system', kind: 'incident', node, reason })
}

export const rerouted: Committer<'rerouted'> = async ({ node, round, from, to }, { ctx, instance }) => {
  instance.trail.push({ at: ctx.clock.now(), by: ctx.me.id, kind: 'reassigned', node, round, person: from, people: [to] })
}
