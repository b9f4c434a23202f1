import { Alert } from 'antd'
import { useMemo } from 'react'
import type { Problem } from '../../../schemas/errors'
import type { CompiledEntity } from '../../engine/model'
import { isProblem } from '../api'
import { ErrorAlert, ProblemList } from '../components'

/** Splits what the server found into what belongs to a field of the form (`under` is where they sit in what was sent) and the rest. */
export function useProblemsAt(error: unknown, entity: CompiledEntity, under = ''): { atFields: Problem[]; elsewhere: Problem[] } {
  return useMemo(() => {
    const problems = isProblem(error) ? error.problems.map((problem) => shorten(problem, under)) : []
    const isAtField = ({ path }: Problem) => entity.fields.has(path.split('/')[1] ?? '')
    return { atFields: problems.filter(isAtField), elsewhere: problems.filter((problem) => !isAtField(problem)) }
  }, [error, entity, under])
}

const shorten = (problem: Problem, under: string): Problem =>
  under !== '' && problem.path.startsWith(`${under}/`) ? { ...problem, path: problem.path.slice(under.length) } : problem

/** What belongs to no field; an error without problems says it in one sentence. */
export function FormProblems({ error, problems }: { error: unknown; problems: Problem[] }) {
  if (!error) return null
  if (isProblem(error) && error.problems.length > 0) {
    return problems.length > 0 ? <Alert className="fw-error-list" type="error" showIcon role="alert" title={<ProblemList problems={problems} />} /> : null
  }
  return <div className="fw-error-list"><ErrorAlert error={error} /></div>
}
