import type { RatingField } from '../../generated/types'
import type { FieldType } from '../field-type'
import { numberFromText, orderedOps, wholeForms } from '../behaviour'

export const rating: FieldType<RatingField> = {
  ...wholeForms,
  operators: orderedOps,
  valueSchema: (field) => ({ type: 'integer', minimum: 1, maximum: field.max ?? 5 }),
  fromText: numberFromText,
  places: () => 0,
  format: (value, field) => (value === null || value === undefined ? '' : `${String(value)} / ${field.max ?? 5}`),
}
