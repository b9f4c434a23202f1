import type { LinesField } from '../../../schemas/generated/types'
import type { FieldView } from './field-view'
import { LinesGrid } from './lines/LinesGrid'
import { LinesTable } from './lines/LinesTable'

export const lines: FieldView<LinesField> = { Show: LinesTable, Input: LinesGrid, width: 100, span: 3 }
