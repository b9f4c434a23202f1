import type { RJSFSchema, UiSchema } from '@rjsf/utils'
import type { Language } from '../../../schemas/field-types/field-type'
import type { CompiledField } from '../../engine/model'

/** A form's fields for rjsf: which there are and what they are called. How each looks is its view's matter, whether it is right the engine's. */
export function formSchema(fields: CompiledField[], language: Language): RJSFSchema {
  return { type: 'object', properties: Object.fromEntries(fields.map((field) => [field.name, { title: field.definition.label[language] }])) }
}

export function formUiSchema(fields: CompiledField[]): UiSchema {
  return {
    'ui:submitButtonOptions': { norender: true },
    ...Object.fromEntries(fields.map((field) => [field.name, { 'ui:field': 'RecordField' }])),
  }
}
