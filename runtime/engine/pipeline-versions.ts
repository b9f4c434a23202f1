/** Versions of a pipeline: which of them a record goes on by when another is published. Pure. Source: flows.md, `onDefinitionChange`. */
import type { Pipeline } from '../../schemas/generated/types'
import type { CompiledEntity, Catalog, FormerPipeline, WireRecord } from './model'
import { versionField } from './system-fields'
import { equalValues } from './write-record'

export interface PipelineVersion { version: number; pipeline: Pipeline }

/** Records that are under way in the pipeline go on by the version they entered by. */
export const isPinned = ({ policies }: Pipeline) => policies?.onDefinitionChange === 'pinned'

/**
 * The former versions that records go on by. `before`: all versions before the present one, oldest first. `carried`: what records of the
 * pipeline carry as their version. A version that was not pinned took over everybody who was in the pipeline then, so that nobody goes by an earlier one;
 * a former version that demands what the present one does is none.
 */
export function formerVersions(present: Pipeline, before: PipelineVersion[], carried: (number | null)[]): FormerPipeline[] {
  if (!isPinned(present)) return []
  const floor = before.findLast(({ pipeline }) => !isPinned(pipeline))?.version
  const followed = (version: number | null) => Math.max(version ?? floor ?? Infinity, floor ?? 0)
  return before.flatMap(({ version, pipeline }) => {
    const by = carried.filter((one) => followed(one) === version)
    return by.length > 0 && !sameWay(pipeline, present) ? [{ version, carried: by, pipeline: asFormer(pipeline) }] : []
  })
}

/** Whether records pass two versions alike. What stages are called, who enters and what is shown beside does not count. */
export const sameWay = (a: Pipeline, b: Pipeline) => equalValues(wayOf(a), wayOf(b))

function wayOf({ stages, transitions, policies: { onPipelineSwitch: _map, onDefinitionChange: _change, ...policies } = {} }: Pipeline) {
  return { stages: stages.map(({ label: _label, guidance: _guidance, ...stage }) => stage), transitions, policies }
}

/** Nobody enters it any more. */
function asFormer({ selectWhen: _when, policies: { onPipelineSwitch: _map, ...policies } = {}, ...pipeline }: Pipeline): Pipeline {
  return { ...pipeline, policies }
}

/** What a record carries that enters a pipeline whose version in force is this. */
export const entering = (pipeline: Pipeline, version: number): WireRecord => ({ [versionField]: isPinned(pipeline) ? version : null })

/** The stages that records of a pipeline stand in: those in force, each former one behind the stage it followed. */
export function stagesOf(catalog: Catalog, { name }: CompiledEntity, pipeline: Pipeline): Pipeline['stages'] {
  const stages = [...pipeline.stages]
  const former = catalog.formerPipelines.get(name)?.filter((f) => f.pipeline.name === pipeline.name) ?? []
  for (const { pipeline: { stages: then } } of former.toReversed()) then.forEach((stage, i) => {
    if (stages.some(({ id }) => id === stage.id)) return
    stages.splice(stages.findIndex(({ id }) => id === then[i - 1]?.id) + 1, 0, stage)
  })
  return stages
}
