import type { MultiEnumField } from '../../generated/types'
import type { FieldType } from '../field-type'
import { listOps, optionLabel, optionValues, textListForms } from '../behaviour'

export const multiEnum: FieldType<MultiEnumField> = {
  ...textListForms,
  operators: listOps,
  valueSchema: (field) => ({ type: 'array', uniqueItems: true, items: { type: 'string', enum: optionValues(field.options) } }),
  options: (field) => field.options,
  format: (value, field, context) => ((value as string[] | null) ?? []).map((v) => optionLabel(field.options, v, context)).join(context.language === 'zh' ? '、' : ', '),
}
