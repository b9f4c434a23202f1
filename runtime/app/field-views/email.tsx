import type { EmailField } from '../../../schemas/generated/types'
import type { FieldView, InputProps, ShowProps } from './field-view'
import { LineInput } from './inputs/LineInput'
import { OutLink } from './OutLink'

const Show = ({ value, cell }: ShowProps<EmailField>) => (value ? <OutLink href={`mailto:${value as string}`} cell={cell}>{value as string}</OutLink> : null)
const Input = (props: InputProps<EmailField>) => <LineInput {...props} inputMode="email" />

export const email: FieldView<EmailField> = { Show, Input, quick: 'contains', width: 200 }
