import type { DecimalField } from '../../generated/types'
import { grouped, scaled } from '../behaviour'

export const decimal = scaled<DecimalField>((value, field) => grouped(value) + (field.unit ? ` ${field.unit}` : ''))
