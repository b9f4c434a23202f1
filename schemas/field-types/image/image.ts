import { megabyte } from '../../files'
import type { ImageField } from '../../generated/types'
import type { FieldType } from '../field-type'
import { textListForms, titlesText } from '../behaviour'

/** Wire: ids of stored pictures in their order. */
export const image: FieldType<ImageField> = {
  ...textListForms,
  operators: ['empty', 'notEmpty'],
  valueSchema: (field) => ({ type: 'array', uniqueItems: true, maxItems: field.max ?? 10, items: { type: 'string', minLength: 1, maxLength: 64 } }),
  files: ({ maxSize = 20 }) => ({ kinds: ['image'], maxBytes: maxSize * megabyte }),
  format: (value, _field, context) => titlesText(value, context),
}
