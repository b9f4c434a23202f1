import type { Problem } from '../../../schemas/errors'

/** The body of an RFC 9457 answer, as server/http/problem.ts writes it. */
export interface ProblemDocument {
  title: string
  status: number
  code: string
  detail?: string
  problems?: Problem[]
  requestId?: string
  /** State of what was in the way, for 409 and 412. */
  current?: unknown
}

/** Every failed call throws this, also when there was no answer at all (`status` 0, `code` "network"). */
export class ApiProblem extends Error {
  readonly status: number
  readonly code: string
  readonly problems: Problem[]
  readonly requestId: string | undefined
  readonly current: unknown

  constructor(document: ProblemDocument) {
    super(document.detail ?? document.title)
    this.name = 'ApiProblem'
    this.status = document.status
    this.code = document.code
    this.problems = document.problems ?? []
    this.requestId = document.requestId
    this.current = document.current
  }
}

export function isProblem(error: unknown, status?: number): error is ApiProblem {
  return error instanceof ApiProblem && (status === undefined || error.status === status)
}
