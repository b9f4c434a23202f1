import type { Problem } from '../../../schemas/errors'
import type { CompiledEntity } from '../../engine/model'

export interface Sorted {
  /** Fields that would have to be filled. */
  fields: string[]
  /** A comment is demanded. */
  comment: boolean
  /** Something a dialog cannot help with stands in the way. */
  hopeless: boolean
}

/** What of a refusal can be mended on the spot. */
export function sortProblems(problems: readonly Problem[], entity: CompiledEntity): Sorted {
  const fieldOf = ({ path }: Problem) => path.split('/').findLast((name) => entity.fields.has(name))
  const isComment = (problem: Problem) => problem.path.endsWith('/comment')
  const fields = problems.flatMap((problem) => (isComment(problem) ? [] : (fieldOf(problem) ?? [])))
  return {
    fields: [...new Set(fields)],
    comment: problems.some(isComment),
    hopeless: problems.some((problem) => !isComment(problem) && fieldOf(problem) === undefined),
  }
}
