import { fieldTypes } from '../../../schemas/field-types'
import type { PhoneField } from '../../../schemas/generated/types'
import type { FieldView, InputProps, ShowProps } from './field-view'
import { LineInput } from './inputs/LineInput'
import { OutLink } from './OutLink'

const shown = (value: unknown, field: PhoneField) => fieldTypes.phone.format(value, field, { language: 'en' })
/** An extension is dialled after a pause. */
const dialled = (value: string) => `tel:${value.replace('x', ';ext=')}`

const Show = ({ field, value, cell }: ShowProps<PhoneField>) => (value ? <OutLink href={dialled(value as string)} cell={cell}>{shown(value, field)}</OutLink> : null)
const Input = (props: InputProps<PhoneField>) => <LineInput {...props} inputMode="tel" resting={(value) => shown(value, props.field)} />

export const phone: FieldView<PhoneField> = { Show, Input, quick: 'contains', width: 140 }
