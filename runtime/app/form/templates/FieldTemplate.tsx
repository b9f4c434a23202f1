import type { FieldTemplateProps } from '@rjsf/utils'
import { useShallow } from 'zustand/react/shallow'
import { useLabel } from '../../i18n'
import { AlikeHint } from '../AlikeHint'
import { stateOf, useForm } from '../form-model'

/** Label, control, hint and problems of one field. The root of the form is only its content. */
export function FieldTemplate(props: FieldTemplateProps) {
  const name = props.fieldPathId.path[0]
  return typeof name === 'string' ? <Framed {...props} name={name} /> : props.children
}

function Framed({ name, id, label, errors, children }: FieldTemplateProps & { name: string }) {
  const text = useLabel()
  const field = useForm((state) => state.rules.entity.fields.get(name))!
  const { required, readOnly } = useForm(useShallow((state) => stateOf(state, field)))
  return (
    <div className="fw-field">
      <label className="fw-cell-label" htmlFor={id}>
        {label}
        {required && !readOnly && <span className="fw-required" title="*" aria-hidden> *</span>}
      </label>
      {children}
      {field.definition.help && <div className="fw-help">{text(field.definition.help)}</div>}
      {errors}
      <AlikeHint name={name} />
    </div>
  )
}
