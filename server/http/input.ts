import type { z } from 'zod'
import { AppError, messageOf, type Problem } from '../../schemas/errors'

/** A request's own members (not a record's), checked. 400 with what is wrong, in the catalogue's words. */
export function parse<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const problems = result.error.issues.map(toProblem)
  const first = problems[0]!
  const reason = { en: messageOf(first.code, first.params!, 'en'), zh: messageOf(first.code, first.params!, 'zh') }
  throw new AppError(400, 'badRequest', { reason }, problems)
}

function toProblem(issue: z.core.$ZodIssue): Problem {
  const path = `/${issue.path.join('/')}`
  const label = String(issue.path.at(-1) ?? 'body')
  switch (issue.code) {
    case 'unrecognized_keys': return { path: `${path === '/' ? '' : path}/${issue.keys[0]}`, code: 'unknownField', params: { name: issue.keys[0] } }
    case 'invalid_value': return { path, code: 'notAnOption', params: { label, value: issue.values.join(' / ') } }
    case 'invalid_type': return { path, code: 'wrongType', params: { label, expected: issue.expected } }
    case 'too_small': return { path, code: issue.origin === 'array' ? 'tooFew' : issue.origin === 'string' ? 'tooShort' : 'tooSmall', params: { label, limit: String(issue.minimum) } }
    case 'too_big': return { path, code: issue.origin === 'array' ? 'tooMany' : issue.origin === 'string' ? 'tooLong' : 'tooLarge', params: { label, limit: String(issue.maximum) } }
    default: return { path, code: 'badFormat', params: { label } }
  }
}
