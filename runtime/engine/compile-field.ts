import type { Field } from '../../schemas/generated/types'
import { fieldTypeOf } from '../../schemas/field-types'
import type { CompiledField } from './model'

/** A field with its behaviour looked up. `of` is what a roll-up adds up, once that is known. */
export function compileField(definition: Field, system = false, of?: Field): CompiledField {
  const type = fieldTypeOf(definition)
  const effective = type.effective?.(of ? Object.assign({}, definition, { of }) : definition) ?? definition
  return {
    name: definition.name,
    definition,
    type,
    effective,
    effectiveType: fieldTypeOf(effective),
    computed: type.computed === true,
    system,
    volatile: false,
    refersTo: type.refersTo?.(definition),
    rows: type.rows?.(definition).map((column) => compileField(column)),
  }
}
