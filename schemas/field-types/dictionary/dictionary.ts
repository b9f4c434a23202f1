import type { DictionaryField, DictionaryItem } from '../../generated/types'
import type { FieldType } from '../field-type'
import { choiceOps, optionLabel, optionValues, textForms } from '../behaviour'

/** The entries, which compiling the catalog puts beside the name of the dictionary. */
export const itemsOf = (field: DictionaryField & { options?: DictionaryItem[] }): DictionaryItem[] => field.options ?? []

export const dictionary: FieldType<DictionaryField> = {
  ...textForms,
  operators: choiceOps,
  expressionType: () => ({ kind: 'text' }),
  valueSchema: (field) => ({ type: 'string', enum: optionValues(itemsOf(field)) }),
  check: (value, field) => (itemsOf(field).find((item) => item.value === value)?.disabled ? { code: 'optionDisabled', params: { value } } : undefined),
  dictionary: (field) => field.dictionary,
  options: itemsOf,
  fromText: (text, field) => itemsOf(field).find(({ value, label }) => [value, label.en, label.zh].includes(text.trim()))?.value ?? text,
  format: (value, field, context) => (value === null || value === undefined ? '' : optionLabel(itemsOf(field), value, context)),
}
