import { useId } from 'react'
import type { Field } from '../../../schemas/generated/types'
import { viewOf } from '../field-views'
import { useLabel } from '../i18n'

/** A value that belongs to the approval, not to the record. */
export function Own({ field, value, onChange }: { field: Field; value: unknown; onChange: (value: unknown) => void }) {
  const label = useLabel()
  const { Input } = viewOf(field)
  return Input ? <Row title={label(field.label)}>{(id) => <Input id={id} field={field} value={value} onChange={onChange} label={label(field.label)} />}</Row> : null
}

export function Row({ title, children }: { title: string; children: (id: string) => React.ReactNode }) {
  const id = useId()
  return <div className="fw-extra"><label htmlFor={id}>{title}</label>{children(id)}</div>
}
