import { Validator, type OutputUnit, type Schema } from '@cfworker/json-schema'
import type { ShapeValidator } from '../../engine/write-record'
import type { Problem, ProblemCode } from '../../../schemas/errors'
import type { JsonSchema } from '../../../schemas/field-types/field-type'

/** JSON Schema in the browser: interpreted, because our policy forbids the generated code that ajv runs. */
export const shape: ShapeValidator = (schema, value) => {
  const { errors } = validatorOf(schema).validate(value)
  return errors.flatMap((unit) => problemOf(unit, schema, value))
}

const validators = new WeakMap<JsonSchema, Validator>()

function validatorOf(schema: JsonSchema): Validator {
  let validator = validators.get(schema)
  if (!validator) validators.set(schema, (validator = new Validator(schema as Schema, '7', false)))
  return validator
}

/** What our problem says of the limit in the schema and of the value. */
type Saying = (limit: unknown, value: unknown) => Record<string, string>
const limit: Saying = (bound) => ({ limit: String(bound) })

/** Keyword of JSON Schema → our problem. Keywords that only lead to others are absent. */
const codes: Record<string, [code: ProblemCode, params?: Saying]> = {
  type: ['wrongType', (expected) => ({ expected: String(expected) })],
  enum: ['notAnOption', (_, value) => ({ value: String(value) })],
  maxLength: ['tooLong', limit], minLength: ['tooShort', limit],
  maxItems: ['tooMany', limit], minItems: ['tooFew', limit], uniqueItems: ['duplicateItems'],
  minimum: ['tooSmall', limit], maximum: ['tooLarge', limit],
  pattern: ['badFormat'], format: ['badFormat'],
}

function problemOf({ keyword, keywordLocation, instanceLocation }: OutputUnit, schema: JsonSchema, value: unknown): Problem[] {
  const known = codes[keyword]
  if (!known) return []
  const [code, params] = known
  const path = instanceLocation.replace(/^#/, '')
  return [{ path, code, ...(params && { params: params(at(schema, keywordLocation.replace(/^#/, '')), at(value, path)) }) }]
}

/** What a JSON pointer points to. */
function at(document: unknown, pointer: string): unknown {
  const names = pointer.split('/').slice(1).map((part) => decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~'))
  return names.reduce<unknown>((place, name) => (place as Record<string, unknown> | undefined)?.[name], document)
}
