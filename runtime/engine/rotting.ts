/** Records that have lain in their stage for too long. Pure: computed when it is read, by the calendar, never stored. */
import type { Entity, Filter, Pipeline, Rotting, Stage } from '../../schemas/generated/types'
import { dueAt } from './calendar/due-at'
import { pipelineOf, stageOf, type Catalog, type CompiledEntity, type WireRecord } from './model'
import { versionField } from './system-fields'

/** The moment from which on a record counts as rotting, ISO 8601 in UTC; undefined where nothing says when. */
export function rottingAt(entity: CompiledEntity, record: WireRecord, catalog: Catalog): string | undefined {
  const { stageField, sinceField, activityField } = entity.definition.pipeline ?? {}
  const { rotting } = stageOf(pipelineOf(catalog, entity, record), record[stageField ?? '']) ?? {}
  if (!rotting || sinceField === undefined) return undefined
  const moments = watched(rotting, { sinceField, activityField }).map((name) => record[name]).filter((m): m is string => typeof m === 'string' && m !== '')
  const last = moments.sort().at(-1)
  return last === undefined ? undefined : dueAt(defaultCalendar(catalog), last, rotting.after)
}

const defaultCalendar = (catalog: Catalog) => catalog.calendars.get('default')

/** The member of the entity that names the field with the moment of what begins the time anew. */
export const beginnings = { stageChange: 'sinceField', activity: 'activityField' } as const satisfies { [E in NonNullable<Rotting['resetOn']>[number]]: keyof NonNullable<Entity['pipeline']> }

/** Fields whose latest moment begins the time. */
function watched({ resetOn = ['stageChange'] }: Rotting, binding: { sinceField: string; activityField?: string | undefined }): string[] {
  const named = resetOn.map((event) => binding[beginnings[event]]).filter((name) => name !== undefined)
  return named.length > 0 ? named : [binding.sinceField]
}

/** The same as a condition for lists and boards; undefined where no stage says when. `now`: ISO 8601 in UTC. */
export function rottingFilter(entity: CompiledEntity, catalog: Catalog, now: string): Filter | undefined {
  const { sinceField } = entity.definition.pipeline ?? {}
  if (sinceField === undefined) return undefined
  const former = catalog.formerPipelines.get(entity.name) ?? []
  const carried = (name: string) => former.filter((f) => f.pipeline.name === name).flatMap((f) => f.carried)
  const versions = [
    ...(catalog.pipelines.get(entity.name) ?? []).map((pipeline) => ({ pipeline, goes: carried(pipeline.name).map((version): Filter => ({ not: carrying(version) })) })),
    ...former.map(({ pipeline, carried: by }) => ({ pipeline, goes: [{ or: by.map(carrying) }] })),
  ]
  const parts = versions.flatMap(({ pipeline, goes }) => pipeline.stages.flatMap((stage) => (stage.rotting ? [inStage(entity, pipeline, stage, stage.rotting, goes, catalog, now)] : [])))
  return parts.length > 0 ? { or: parts } : undefined
}

const carrying = (version: number | null): Filter => (version === null ? { field: versionField, op: 'empty' } : { field: versionField, op: 'eq', value: version })

/** `goes`: by which version. */
function inStage(entity: CompiledEntity, pipeline: Pipeline, stage: Stage, rotting: Rotting, goes: Filter[], catalog: Catalog, now: string): Filter {
  const { pipelineField, stageField, sinceField, activityField } = entity.definition.pipeline!
  const latest = latestBeginning(catalog, rotting.after, now)
  const old = (field: string): Filter => ({ field, op: 'lte', value: latest })
  const names = watched(rotting, { sinceField: sinceField!, activityField })
  const all: Filter[] = names.map((field) => (field === sinceField ? old(field) : { or: [{ field, op: 'empty' }, old(field)] }))
  // Without an activity nothing has begun, unless entering counts too.
  return { and: [{ field: pipelineField, op: 'eq', value: pipeline.name }, { field: stageField, op: 'eq', value: stage.id }, ...goes, ...all, ...(names.includes(sinceField!) ? [] : [{ field: names[0]!, op: 'notEmpty' as const }])] }
}

/** The latest moment whose time is over now. Later beginnings never end earlier, so that halving finds it; to the second. */
function latestBeginning(catalog: Catalog, after: string, now: string): string {
  const calendar = defaultCalendar(catalog)
  const over = (moment: number) => dueAt(calendar, new Date(moment).toISOString(), after) <= now
  let [past, late] = [Date.parse(now), Date.parse(now) + 1000]
  for (let step = 86_400_000; !over(past); step *= 2) past -= step
  while (late - past > 1000) {
    const middle = Math.floor((past + late) / 2)
    if (over(middle)) past = middle
    else late = middle
  }
  return new Date(past).toISOString()
}
