import { megabyte } from '../../files'
import type { FileField } from '../../generated/types'
import type { FieldType } from '../field-type'
import { textListForms, titlesText } from '../behaviour'

/** Wire: ids of stored files in their order. */
export const file: FieldType<FileField> = {
  ...textListForms,
  operators: ['empty', 'notEmpty'],
  valueSchema: (field) => ({ type: 'array', uniqueItems: true, maxItems: field.max ?? 10, items: { type: 'string', minLength: 1, maxLength: 64 } }),
  files: ({ accept, maxSize = 20 }) => ({ ...(accept && { kinds: accept }), maxBytes: maxSize * megabyte }),
  format: (value, _field, context) => titlesText(value, context),
}
