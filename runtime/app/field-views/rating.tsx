import { Rate, Select } from 'antd'
import type { RatingField } from '../../../schemas/generated/types'
import { useText } from '../i18n'
import type { FieldView, InputProps, ShowProps } from './field-view'
import { controlProps } from './inputs/control'

const mostOf = (field: RatingField) => field.max ?? 5

function Show({ field, value }: ShowProps<RatingField>) {
  const t = useText()
  if (value === null || value === undefined) return null
  const text = t('rating.of', { stars: value as number, max: mostOf(field) })
  return <span role="img" aria-label={text} title={text}><Rate className="fw-stars" disabled value={value as number} count={mostOf(field)} aria-hidden /></span>
}

/** Stars to click, the arrow keys, and a second click on the last one to empty it. */
function Input(props: InputProps<RatingField>) {
  const t = useText()
  const { id, 'aria-label': label, 'aria-describedby': describedBy } = controlProps(props)
  const names = Array.from({ length: mostOf(props.field) }, (_, i) => t('rating.of', { stars: i + 1, max: mostOf(props.field) }))
  return (
    <Rate
      id={id}
      aria-label={label}
      aria-describedby={describedBy}
      className="fw-stars-input"
      count={mostOf(props.field)}
      tooltips={names}
      value={(props.value as number | null) ?? 0}
      onChange={(stars) => props.onChange(stars === 0 ? null : stars)}
      disabled={props.readOnly ?? false}
    />
  )
}

const choices = (field: RatingField) => Array.from({ length: mostOf(field) }, (_, i) => ({ value: i + 1, label: '★'.repeat(i + 1) }))

function Many(props: InputProps<RatingField>) {
  return <Select {...controlProps(props)} className="fw-wide" mode="multiple" maxTagCount="responsive" allowClear options={choices(props.field)} value={(props.value as number[] | null) ?? []} placeholder={props.placeholder} onChange={props.onChange} />
}

export const rating: FieldView<RatingField> = { Show, Input, Many, quick: 'in', width: 130 }
