/** New fields of every type, made from what the schemas demand. */
import { fieldTypes, type FieldTypeName } from '../../../schemas/field-types'
import type { Field, Label } from '../../../schemas/generated/types'
import { controlOfDefinition, membersOf } from '../../panels/generate'
import { newItem } from '../../panels/fresh'

export const fieldTypeNames = Object.keys(fieldTypes) as FieldTypeName[]

/** Name of the definition that describes fields of a type: money → MoneyField. */
export const panelOf = (type: FieldTypeName): string => `${type[0]!.toUpperCase()}${type.slice(1)}Field`

/** What a new field of a type begins with where the schema alone would leave it unusable. */
const starters: Partial<Record<FieldTypeName, object>> = {
  enum: { options: [{ value: 'x_a', label: { en: 'Option A', zh: '选项一' } }, { value: 'x_b', label: { en: 'Option B', zh: '选项二' } }] },
  multiEnum: { options: [{ value: 'x_a', label: { en: 'Option A', zh: '选项一' } }, { value: 'x_b', label: { en: 'Option B', zh: '选项二' } }] },
  autoNumber: { pattern: 'X{yyyy}{0000}' },
  formula: { result: { type: 'decimal' } },
  rollup: { rollup: { op: 'count' } },
  lines: { fields: [{ name: 'x_item', type: 'text', label: { en: 'Item', zh: '项目' } }] },
}

export function newField(type: FieldTypeName, name: string, label: Label): Field {
  return { ...(newItem(controlOfDefinition(panelOf(type)), []) as object), ...starters[type], name, label, type } as Field
}

/** The field with another type; members that the new type does not have go. */
export function retyped(field: Field, type: FieldTypeName): Field {
  const known = new Set(membersOf(panelOf(type)).map((m) => m.name))
  const kept = Object.fromEntries(Object.entries(field).filter(([name]) => known.has(name) && name !== 'default'))
  return { ...newField(type, field.name, field.label), ...kept, type } as Field
}
