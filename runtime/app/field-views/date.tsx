import type { DateField } from '../../../schemas/generated/types'
import type { FieldView, InputProps, ShowProps } from './field-view'
import { LazyDate, LazyDateRange } from './inputs/LazyDate'
import { Plain } from './Plain'

const Show = (props: ShowProps<DateField>) => <span className="fw-number"><Plain {...props} /></span>
const Input = (props: InputProps<DateField>) => <LazyDate {...props} precision="day" />
const Pair = (props: InputProps<DateField>) => <LazyDateRange {...props} precision="day" />

export const date: FieldView<DateField> = { Show, Input, Pair, quick: 'between', width: 120 }
