import type { FieldProps } from '@rjsf/utils'
import { useContext, useRef } from 'react'
import { useShallow } from 'zustand/react/shallow'
import { viewOf } from '../field-views'
import { Value } from '../field-views/Value'
import type { RecordDoc, Values } from '../api/types'
import { useLabel } from '../i18n'
import { copyFrom } from './copy'
import { rowErrors } from './errors'
import { changeValues, stateOf, useForm, useFormModel } from './form-model'
import { FieldRecordContext } from './related'

/** A field of the record inside rjsf: the view of its type, or text where it cannot be typed. */
export function RecordField({ name, formData, fieldPathId, rawErrors, errorSchema }: FieldProps) {
  const model = useFormModel()
  const label = useLabel()
  const field = useForm((state) => state.rules.entity.fields.get(name))!
  const { readOnly } = useForm(useShallow((state) => stateOf(state, field)))
  const record = useForm((state) => (needsRecord(field) ? state.value : noRecord))
  const noteRelated = useContext(FieldRecordContext)
  const copied = useRef<Values>({})
  const { Input } = viewOf(field.effective)
  const bad = (rawErrors?.length ?? 0) > 0
  if (readOnly || !Input) return <ReadOnly name={name} />
  const pick = (entity: string, picked: RecordDoc) => {
    noteRelated(entity, picked)
    const { rules, value } = model.getState()
    changeValues(model, copyFrom(field.definition, rules.entity.own, value, picked, copied.current))
  }
  const errors = rowErrors(errorSchema)
  return (
    <Input
      id={fieldPathId.$id}
      field={field.effective}
      value={formData}
      record={record}
      onChange={(value) => changeValues(model, { [name]: value })}
      onPick={pick}
      invalid={bad}
      {...(errors && { errors })}
      {...(field.rows && { label: label(field.definition.label) })}
      {...(bad && { describedBy: `${fieldPathId.$id}-problem` })}
    />
  )
}

const noRecord: Values = {}

/** Sub-tables show totals, and some values name another field; the others need not be drawn again when that changes. */
const needsRecord = (field: { rows?: unknown; effective: object }) => field.rows !== undefined || 'currencyField' in field.effective

function ReadOnly({ name }: { name: string }) {
  const field = useForm((state) => state.rules.entity.fields.get(name))!
  const value = useForm((state) => state.value)
  return <div className="fw-readonly"><Value field={field} record={value} /></div>
}
