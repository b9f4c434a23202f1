import type { FormulaField } from '../../../schemas/generated/types'
import type { FieldView } from './field-view'
import { Plain } from './Plain'

/** Screens show a computed value with the view of the type it results in; this one serves a formula outside a compiled entity. */
export const formula: FieldView<FormulaField> = { Show: Plain, width: 130, align: 'right' }
