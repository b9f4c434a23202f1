import type { IntegerField } from '../../generated/types'
import type { FieldType } from '../field-type'
import { grouped, numberFromText, orderedOps, wholeForms } from '../behaviour'

export const integer: FieldType<IntegerField> = {
  ...wholeForms,
  operators: orderedOps,
  valueSchema: (field) => ({ type: 'integer', minimum: field.min ?? Number.MIN_SAFE_INTEGER, maximum: field.max ?? Number.MAX_SAFE_INTEGER }),
  fromText: numberFromText,
  places: () => 0,
  format: (value, field) => (value === null || value === undefined ? '' : grouped(String(value)) + (field.unit ? ` ${field.unit}` : '')),
}
