import type { TextField } from '../../../schemas/generated/types'
import type { FieldView, ShowProps } from './field-view'
import { LineInput } from './inputs/LineInput'

const Show = ({ value, cell }: ShowProps<TextField>) => <span className={cell ? 'fw-ellipsis' : undefined}>{(value as string | null) ?? ''}</span>

export const text: FieldView<TextField> = { Show, Input: LineInput, quick: 'contains', width: 180 }
