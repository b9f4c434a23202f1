import type { Pipeline, Stage } from '../../../schemas/generated/types'

export type Place = 'done' | 'current' | 'ahead' | 'aside'

const onTheWay = ({ category }: Stage) => category === 'open' || category === 'won'

/** The way of the pipeline, then where it can end or rest besides. */
export function stepsOf(pipeline: Pipeline, current: string): Stage[] {
  const way = pipeline.stages.filter(onTheWay)
  const aside = pipeline.stages.filter((stage) => !onTheWay(stage))
  const closed = pipeline.stages.find((stage) => stage.id === current)?.category
  return closed === 'won' ? way : [...way, ...aside]
}

export function placeOf(pipeline: Pipeline, stage: Stage, current: string): Place {
  if (stage.id === current) return 'current'
  if (!onTheWay(stage)) return 'aside'
  const way = pipeline.stages.filter(onTheWay)
  const here = way.findIndex(({ id }) => id === current)
  return way.indexOf(stage) < here ? 'done' : 'ahead'
}
