import { megabyte } from '../../files'
import type { SignatureField } from '../../generated/types'
import type { FieldType } from '../field-type'
import { textForms, titlesText } from '../behaviour'

/** Wire: the id of a stored picture. */
export const signature: FieldType<SignatureField> = {
  ...textForms,
  operators: ['empty', 'notEmpty'],
  expressionType: () => ({ kind: 'text' }),
  valueSchema: () => ({ type: 'string', minLength: 1, maxLength: 64 }),
  files: () => ({ kinds: ['image'], maxBytes: megabyte }),
  format: (value, _field, context) => titlesText(value, context),
}
