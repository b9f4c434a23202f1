import type { Committer } from './committer'

export const automatic: Committer<'automatic'> = async ({ node, decision, reason }, { ctx, instance }) => {
  instance.trail.push({ at: ctx.clock.now(), by: 'system', kind: 'automatic', node, decision, reason })
}

export const incident: Committer<'incident'> = async ({ node, reason }, { ctx, instance }) => {
  instance.trail.push({ at: ctx.clock.now(), by: 'system', kind: 'incident', node, reason })
}
