import type { AutoNumberField } from '../../../schemas/generated/types'
import type { FieldView, ShowProps } from './field-view'

const Show = ({ value }: ShowProps<AutoNumberField>) => <span className="fw-number">{(value as string | null) ?? ''}</span>

export const autoNumber: FieldView<AutoNumberField> = { Show, quick: 'contains', width: 130 }
