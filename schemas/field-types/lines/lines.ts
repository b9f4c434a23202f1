import { Decimal } from 'decimal.js'
import { ExpressionError } from '../../expressions/functions'
import { listOf, type ExpressionType, type ExpressionValue } from '../../expressions/types'
import type { Field, LinesField } from '../../generated/types'
import type { FieldType } from '../field-type'
import { fieldTypeOf } from '../index'

type Row = { id: string; [column: string]: unknown }

/** Applies a conversion of every column to every row. */
function eachRow<T>(rows: unknown, field: LinesField, convert: (value: unknown, column: Field) => T): { [k: string]: unknown }[] {
  return ((rows as Row[] | null) ?? []).map((row) => {
    const result: { [k: string]: unknown } = { id: row.id }
    for (const column of field.fields) result[column.name] = convert(row[column.name] ?? null, column)
    return result
  })
}

function rowType(field: LinesField): ExpressionType {
  return { kind: 'map', members: Object.fromEntries(field.fields.map((f) => [f.name, fieldTypeOf(f).expressionType(f)])) }
}

/** A row that an expression made has no id yet; the engine gives it one. Former names of columns count. */
function rowFromExpression(value: ExpressionValue, field: LinesField): { [k: string]: unknown } {
  if (value === null || typeof value !== 'object' || Array.isArray(value) || Decimal.isDecimal(value)) throw new ExpressionError({ code: 'expectsRows' })
  const row: { [k: string]: unknown } = {}
  for (const column of field.fields) {
    const type = fieldTypeOf(column)
    const name = [column.name, ...(column.aliases ?? [])].find((one) => Object.hasOwn(value, one))
    if (!type.computed && name !== undefined) row[column.name] = type.fromExpression(value[name]!, column)
  }
  return row
}

export const lines: FieldType<LinesField> = {
  storage: 'rows',
  operators: ['empty', 'notEmpty'],
  expressionType: (field) => listOf(rowType(field)),
  valueSchema: (field) => ({ type: 'array', maxItems: field.maxRows ?? 200 }),
  rows: (field) => field.fields,
  toStored: (value, field) => eachRow(value, field, (v, column) => fieldTypeOf(column).toStored(v, column)),
  fromStored: (value, field) => eachRow(value, field, (v, column) => fieldTypeOf(column).fromStored(v, column)),
  toExpression: (value, field) => eachRow(value, field, (v, column) => fieldTypeOf(column).toExpression(v, column)) as ExpressionValue,
  fromExpression: (value, field) => {
    if (value === null) return []
    if (!Array.isArray(value)) throw new ExpressionError({ code: 'expectsRows' })
    return value.map((row) => rowFromExpression(row, field))
  },
  format: (value, _field, context) => {
    const count = ((value as Row[] | null) ?? []).length
    return context.language === 'zh' ? `${count} 行` : `${count} ${count === 1 ? 'row' : 'rows'}`
  },
}
