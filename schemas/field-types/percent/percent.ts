import type { PercentField } from '../../generated/types'
import { grouped, scaled } from '../behaviour'

export const percent = scaled<PercentField>((value) => `${grouped(value.includes('.') ? value.replace(/\.?0+$/, '') : value)}%`)
