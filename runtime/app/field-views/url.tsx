import { fieldTypes } from '../../../schemas/field-types'
import type { UrlField } from '../../../schemas/generated/types'
import type { FieldView, InputProps, ShowProps } from './field-view'
import { LineInput } from './inputs/LineInput'
import { OutLink } from './OutLink'

/** What the type would refuse is shown but leads nowhere. */
function Show({ field, value, cell }: ShowProps<UrlField>) {
  if (!value) return null
  if (fieldTypes.url.check!(value, field)) return <span>{value as string}</span>
  return <OutLink href={value as string} cell={cell}>{short(value as string)}</OutLink>
}

/** People read the host, not the scheme. */
const short = (url: string) => url.replace(/^(https?:\/\/|mailto:)/, '').replace(/\/$/, '')

const Input = (props: InputProps<UrlField>) => <LineInput {...props} inputMode="url" />

export const url: FieldView<UrlField> = { Show, Input, quick: 'contains', width: 200 }
