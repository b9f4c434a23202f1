import type { ErrorSchema, RJSFValidationError, ValidationData } from '@rjsf/utils'
import { messageOf, type Problem } from '../../../schemas/errors'
import { currentLanguage } from '../i18n'
import type { RowErrors } from '../field-views/field-view'

/** Problems in the form rjsf keeps them: a tree by path, and a list. */
export function toErrorSchema(problems: readonly Problem[]): ErrorSchema {
  const root: ErrorSchema = {}
  for (const problem of problems) {
    let place = root as ErrorSchema & Record<string, ErrorSchema>
    for (const name of problem.path.split('/').slice(1)) place = (place[name] ??= {}) as typeof place
    ;(place.__errors ??= []).push(say(problem))
  }
  return root
}

export function toValidationData(problems: readonly Problem[]): ValidationData<unknown> {
  return { errors: problems.map(toError), errorSchema: toErrorSchema(problems) }
}

function toError(problem: Problem): RJSFValidationError {
  const property = problem.path.replaceAll('/', '.')
  return { property, name: problem.code, message: say(problem), stack: say(problem) }
}

const say = (problem: Problem) => problem.message ?? messageOf(problem.code, problem.params ?? {}, currentLanguage())

/** Problems of cells, from the tree of a sub-table. rjsf leaves an empty place where a problem was. */
export function rowErrors(errors: ErrorSchema | undefined): Record<number, RowErrors> | undefined {
  const rows = members(errors)
  return rows.length === 0 ? undefined : Object.fromEntries(rows.map(([row, cells]) => [row, cellErrors(cells)]))
}

const cellErrors = (cells: ErrorSchema): RowErrors => Object.fromEntries(members(cells).map(([name, cell]) => [name, cell.__errors ?? []]))

const members = (errors: ErrorSchema | undefined): [string, ErrorSchema][] =>
  Object.entries(errors ?? {}).flatMap(([name, member]) => (name === '__errors' || !member ? [] : [[name, member as ErrorSchema]]))
