import type { Stage } from '../../../schemas/generated/types'
import { freshName } from '../../panels/fresh'

/** One more open stage behind the last open one, with a probability between its neighbours. */
export function newStage(stages: readonly Stage[]): { list: Stage[]; index: number } {
  const last = stages.findLastIndex((s) => s.category === 'open')
  const before = stages[last]
  const after = stages[last + 1]
  const probability = Math.round(((before?.probability ?? 0) + Math.max(after?.probability ?? 100, before?.probability ?? 0)) / 2)
  const stage: Stage = { id: freshName(stages.map((s) => s.id), 'x_stage'), label: { en: 'New stage', zh: '新阶段' }, category: 'open', probability, ...(before?.phase && { phase: before.phase }) }
  return { list: stages.toSpliced(last + 1, 0, stage), index: last + 1 }
}
