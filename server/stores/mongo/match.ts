/** Pieces of queries: conditions in MongoDB's match language and stages of a pipeline. */
import type { PipelineStage } from 'mongoose'

/** A condition; made of nothing but our own operators and bound values. */
export interface Match { [path: string]: unknown }
export type Stage = PipelineStage.Match | PipelineStage.Project | PipelineStage.Sort | PipelineStage.Skip | PipelineStage.Limit
  | PipelineStage.Lookup | PipelineStage.Unwind | PipelineStage.Unset | PipelineStage.Group | PipelineStage.Count

export const everything: Match = {}
export const nothing: Match = { $nor: [{}] }

/** MongoDB takes no empty lists. */
export function all(conditions: Match[]): Match {
  const telling = conditions.filter((c) => c !== everything)
  return telling.length > 1 ? { $and: telling } : telling[0] ?? everything
}
export const any = (conditions: Match[]): Match => (conditions.length > 1 ? { $or: conditions } : conditions[0] ?? nothing)
export const not = (condition: Match): Match => ({ $nor: [condition] })

/** The stage, unless everything passes. */
export const passing = (condition: Match): Stage[] => (condition === everything ? [] : [{ $match: condition }])
