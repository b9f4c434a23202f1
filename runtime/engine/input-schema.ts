/** JSON Schemas of records: what a person may send, and what the API gives back. */
import type { JsonSchema } from '../../schemas/field-types/field-type'
import type { CompiledField } from './model'

/** Shape of a create or patch: every writable field may be there or be null; whether it must be is a rule, checked later. */
export function inputSchema(fields: CompiledField[]): JsonSchema {
  const writable = fields.filter((f) => !f.computed)
  return { type: 'object', additionalProperties: false, properties: Object.fromEntries(writable.map((f) => [f.name, orNull(valueSchema(f, inputRow))])) }
}

/** Shape of a record as it is given back. */
export function outputSchema(fields: CompiledField[]): JsonSchema {
  return {
    type: 'object',
    required: ['id', 'rev'],
    properties: {
      id: { type: 'string' }, rev: { type: 'integer', minimum: 1 },
      ...Object.fromEntries(fields.map((f) => [f.name, orNull(valueSchema(f, outputRow))])),
    },
  }
}

function valueSchema(field: CompiledField, row: (columns: CompiledField[]) => JsonSchema): JsonSchema {
  const schema = field.effectiveType.valueSchema(field.effective)
  return field.rows ? { ...schema, items: row(field.rows) } : schema
}

const rowId = { id: { type: 'string', minLength: 1, maxLength: 64 } }
/** Computed columns may be sent back as they were read; they are computed anew. */
const inputRow = (columns: CompiledField[]): JsonSchema => ({
  type: 'object', additionalProperties: false,
  properties: { ...rowId, ...Object.fromEntries(columns.map((c) => [c.name, c.computed ? {} : orNull(valueSchema(c, inputRow))])) },
})
const outputRow = (columns: CompiledField[]): JsonSchema => ({
  type: 'object', required: ['id'], properties: { ...rowId, ...Object.fromEntries(columns.map((c) => [c.name, orNull(valueSchema(c, outputRow))])) },
})

function orNull(schema: JsonSchema): JsonSchema {
  const types = Array.isArray(schema.type) ? (schema.type as string[]) : [schema.type as string]
  return { ...schema, type: [...types, 'null'], ...(Array.isArray(schema.enum) && { enum: [...(schema.enum as unknown[]), null] }) }
}
