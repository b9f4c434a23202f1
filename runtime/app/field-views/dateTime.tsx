import type { DateTimeField } from '../../../schemas/generated/types'
import type { FieldView, InputProps, ShowProps } from './field-view'
import { LazyDate, LazyDateRange } from './inputs/LazyDate'
import { Plain } from './Plain'

const Show = (props: ShowProps<DateTimeField>) => <span className="fw-number"><Plain {...props} /></span>
const Input = (props: InputProps<DateTimeField>) => <LazyDate {...props} precision="moment" />
const Pair = (props: InputProps<DateTimeField>) => <LazyDateRange {...props} precision="moment" />

export const dateTime: FieldView<DateTimeField> = { Show, Input, Pair, quick: 'between', width: 160 }
