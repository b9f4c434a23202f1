import type { z } from 'zod'
import { AppError } from '../../schemas/errors'

/** A request's own members (not a record's), checked. 400 with what is wrong. */
export function parse<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const problems = result.error.issues.map((issue) => ({ path: `/${issue.path.join('/')}`, code: 'badMember' as const, params: { reason: issue.message } }))
  throw new AppError(400, 'badRequest', { reason: `${problems[0]!.path} ${problems[0]!.params.reason}` }, problems)
}
