/**
 * The one ajv: definition documents against their schemas, requests and records against theirs. Problems come back all at once, in
 * the terms of the error catalogue. The browser validates forms with another validator (ajv needs `eval`, which our CSP forbids).
 */
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import addFormatsModule from 'ajv-formats'
import definitions from './generated/definitions.schema.json'
import { atMost, type Problem, type ProblemCode } from './errors'
import { checkText } from './field-types/behaviour'
import type { JsonSchema } from './field-types/field-type'

// ajv-formats is CommonJS: its function is the module or its default, depending on who loads it.
const addFormats = ((addFormatsModule as unknown as { default?: unknown }).default ?? addFormatsModule) as (ajv: Ajv) => void

const ajv = new Ajv({ allErrors: true, strict: true, strictRequired: false, allowUnionTypes: true, discriminator: true, verbose: true, keywords: ['zh', 'tsType'] })
addFormats(ajv)
ajv.addSchema(definitions, 'definitions')
const definition = ajv.compile({ $ref: 'definitions#/definitions/Definition' })
const compiled = new WeakMap<JsonSchema, ValidateFunction>()

/** What is wrong with the shape of a definition document. */
export function definitionProblems(document: unknown): Problem[] {
  const shape = definition(document) ? [] : definition.errors!.map(definitionProblem)
  return dedupe([...shape, ...textProblems(document, '')])
}

/** Texts that could not be stored and read back, wherever they stand. */
function textProblems(value: unknown, path: string): Problem[] {
  if (typeof value === 'string') return checkText(value) ? [{ path, code: 'badText', params: { label: path.split('/').at(-1) } }] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, member]) => textProblems(member, pointer(path, name)))
}

/** What is wrong with the shape of a value. The schema object is compiled once; keep it. */
export function shapeProblems(schema: JsonSchema, value: unknown): Problem[] {
  let validate = compiled.get(schema)
  if (!validate) compiled.set(schema, (validate = ajv.compile(schema)))
  return validate(value) ? [] : dedupe(validate.errors!.map(valueProblem))
}

function dedupe(problems: Problem[]): Problem[] {
  const seen = new Set<string>()
  return atMost(problems.filter((p) => { const key = `${p.path} ${p.code}`; return !seen.has(key) && seen.add(key) }))
}

type Translate = (error: ErrorObject) => { code: ProblemCode; params?: Record<string, unknown>; at?: string }

const values: Record<string, Translate> = {
  required: (e) => ({ code: 'required', at: e.params.missingProperty as string, params: { label: e.params.missingProperty } }),
  additionalProperties: (e) => ({ code: 'unknownField', at: e.params.additionalProperty as string, params: { name: e.params.additionalProperty } }),
  type: (e) => ({ code: 'wrongType', params: { expected: typeName(e) } }),
  enum: (e) => ({ code: 'notAnOption', params: { value: shown(e.data) } }),
  const: (e) => ({ code: 'notAnOption', params: { value: shown(e.data) } }),
  maxLength: (e) => ({ code: 'tooLong', params: { limit: e.params.limit } }),
  minLength: (e) => ((e.data as string) === '' ? { code: 'required' } : { code: 'tooShort', params: { limit: e.params.limit } }),
  maxItems: (e) => ({ code: 'tooMany', params: { limit: e.params.limit } }),
  minItems: (e) => ({ code: 'tooFew', params: { limit: e.params.limit } }),
  uniqueItems: () => ({ code: 'duplicateItems' }),
  minimum: (e) => ({ code: 'tooSmall', params: { limit: e.params.limit } }),
  maximum: (e) => ({ code: 'tooLarge', params: { limit: e.params.limit } }),
  format: (e) => ({ code: (e.params.format as string).startsWith('date') ? 'badDate' : 'badFormat' }),
  pattern: () => ({ code: 'badFormat' }),
}

const members: Record<string, Translate> = {
  required: (e) => ({ code: 'missingMember', params: { name: e.params.missingProperty } }),
  additionalProperties: (e) => ({ code: 'unknownMember', at: e.params.additionalProperty as string, params: { name: e.params.additionalProperty } }),
}

function typeName(error: ErrorObject): string {
  const types = error.params.type as string | string[]
  return (Array.isArray(types) ? types : types.split(',')).filter((t) => t !== 'null').join(' / ')
}

const shown = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value) ?? '').slice(0, 100)
const pointer = (path: string, member: string | undefined) => (member === undefined ? path : `${path}/${member.replaceAll('~', '~0').replaceAll('/', '~1')}`)

function valueProblem(error: ErrorObject): Problem {
  const { code, params, at } = values[error.keyword]?.(error) ?? { code: 'badFormat' as const }
  const name = pointer(error.instancePath, at).split('/').at(-1)
  return { path: pointer(error.instancePath, at), code, params: { label: name, ...params } }
}

function definitionProblem(error: ErrorObject): Problem {
  const { code, params, at } = members[error.keyword]?.(error) ?? { code: 'badMember' as const, params: { reason: error.message } }
  return { path: pointer(error.instancePath, at), code, params }
}
