import { Fragment } from 'react'
import type { MultiReferenceField } from '../../../schemas/generated/types'
import { useLanguage } from '../i18n'
import type { FieldView, InputProps, ShowProps } from './field-view'
import { RecordSelect } from './inputs/RecordSelect'
import { RecordLink } from './RecordLink'

function Show({ field, value }: ShowProps<MultiReferenceField>) {
  const separator = useLanguage() === 'zh' ? '、' : ', '
  return ((value as string[] | null) ?? []).map((id, i) => (
    <Fragment key={id}>{i > 0 && separator}<RecordLink entity={field.entity} id={id} /></Fragment>
  ))
}

const Input = (props: InputProps<MultiReferenceField>) => <RecordSelect {...props} entity={props.field.entity} multiple />
const Choice = (props: InputProps<MultiReferenceField>) => <RecordSelect {...props} entity={props.field.entity} />

export const multiReference: FieldView<MultiReferenceField> = { Show, Input, Choice, quick: 'contains', width: 220 }
