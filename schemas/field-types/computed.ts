/** Behaviour of values that the engine writes: they are kept, filtered and shown as a field of the type they result in. */
import type { Field } from '../generated/types'
import type { FieldType } from './field-type'
import { fieldTypeOf } from './index'

export function computed<F extends Field>(effective: (field: F) => Field): FieldType<F> {
  const of = (field: F) => { const inner = effective(field); return { inner, type: fieldTypeOf(inner) } }
  return {
    storage: 'text',
    operators: [],
    computed: true,
    effective,
    expressionType: (field) => { const { inner, type } = of(field); return type.expressionType(inner) },
    valueSchema: (field) => { const { inner, type } = of(field); return type.valueSchema(inner) },
    toStored: (value, field) => { const { inner, type } = of(field); return type.toStored(value, inner) },
    fromStored: (value, field) => { const { inner, type } = of(field); return type.fromStored(value, inner) },
    toExpression: (value, field) => { const { inner, type } = of(field); return type.toExpression(value, inner) },
    fromExpression: (value, field) => { const { inner, type } = of(field); return type.fromExpression(value, inner) },
    format: (value, field, context) => { const { inner, type } = of(field); return type.format(value, inner, context) },
  }
}
