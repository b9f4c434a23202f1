/** The order of stages: forward one by one, back, out of closed ones; what policies and listed transitions say of it. */
import type { Label, Pipeline, Stage } from '../../schemas/generated/types'
import type { Problem } from '../../schemas/errors'
import { stageOf, type Catalog } from './model'

export interface Way {
  pipeline: Pipeline
  from: Stage
  to: Stage
  /** The open stage a paused or closed record was in before. */
  before: string | undefined
  comment: string | null
  roles: string[]
  catalog: Catalog
}

export const transitionsOf = ({ pipeline, from, to }: Pick<Way, 'pipeline' | 'from' | 'to'>) => pipeline.transitions?.filter((t) => (t.from === '*' || t.from === from.id) && t.to === to.id) ?? []

export const isClosed = (stage: Stage) => stage.category === 'won' || stage.category === 'lost'

/** Why the record cannot leave its stage at all. What is won may go on to later stages that are won too. */
export function closedProblem(way: Way): Problem | undefined {
  const { pipeline, from, to, roles, catalog } = way
  if (!isClosed(from) || isListed(way) || goesOn(way)) return undefined
  const reopen = pipeline.policies?.reopen ?? []
  if (from === to || reopen.length === 0) return { path: '/to', code: 'closedForever' }
  return reopen.some((r) => roles.includes(r)) ? undefined : { path: '/to', code: 'closedRecord', params: { roles: roleLabels(reopen, catalog) } }
}

const isListed = (way: Way) => transitionsOf(way).some((t) => t.outOfOrder)
const goesOn = ({ pipeline: { stages }, from, to }: Way) => from.category === 'won' && to.category === 'won' && stages.indexOf(to) > stages.indexOf(from)

export const roleLabels = (roles: string[], catalog: Catalog) => roles.map((r): Label | string => catalog.roles.get(r)?.label ?? r)

export const roleMissing = (roles: string[] | undefined, { roles: mine, catalog }: Pick<Way, 'roles' | 'catalog'>): Problem | undefined =>
  roles?.some((r) => mine.includes(r)) ? undefined : { path: '/to', code: 'roleRequired', params: { roles: roleLabels(roles ?? [], catalog) } }

/** Open and won stages follow each other; lost and paused can be entered from anywhere. */
export function orderProblems(way: Way): Problem[] {
  const { pipeline, from, to, before } = way
  if (to.category === 'lost' || to.category === 'paused' || isListed(way)) return []
  const line = pipeline.stages.filter((s) => s.category === 'open' || s.category === 'won')
  const onTheWay = from.category === 'open' || goesOn(way)
  const start = line.indexOf(onTheWay ? from : (stageOf(pipeline, before) ?? line[0]!))
  const target = line.indexOf(to)
  if (target < start || (isClosed(from) && target <= start)) return backwardProblems(way)
  const counts = (s: Stage) => s.category === 'open' || goesOn(way)
  const next = line.slice(start + 1).find(counts) ?? to
  return line.slice(start + 1, target).some(counts) ? skipProblems(way, next) : []
}

function skipProblems(way: Way, next: Stage): Problem[] {
  const { skip = 'forbid', skipRoles } = way.pipeline.policies ?? {}
  const skipped: Problem = { path: '/to', code: 'stageSkipped', params: { next: next.label } }
  return { forbid: [skipped], allow: [], roles: [roleMissing(skipRoles, way) ?? []].flat() }[skip]
}

function backwardProblems(way: Way): Problem[] {
  const { backward = 'withReason', backwardRoles } = way.pipeline.policies ?? {}
  const silent: Problem[] = way.comment ? [] : [{ path: '/comment', code: 'commentRequired' }]
  return { forbid: [{ path: '/to', code: 'stageBackward' as const }], allow: [], withReason: silent, roles: [roleMissing(backwardRoles, way) ?? silent].flat() }[backward]
}

/** Whether the move goes on to a later stage of the way. */
export const isForward = ({ pipeline: { stages }, from, to }: Pick<Way, 'pipeline' | 'from' | 'to'>) => (to.category === 'open' || to.category === 'won') && stages.indexOf(to) > stages.indexOf(from)
