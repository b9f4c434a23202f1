/** What is shown of a value to those who may only know that there is one. */
import type { Field } from '../generated/types'
import { fieldTypeOf } from './index'
import { maskSign } from './mask'

/** The masked form of a wire value: a text, whatever the type. No value stays none. */
export function masked(value: unknown, effective: Field, how: Field['mask']): unknown {
  if (value === null || value === undefined || (Array.isArray(value) && value.length === 0)) return value ?? null
  return fieldTypeOf(effective).mask?.(value, how) ?? maskSign
}
