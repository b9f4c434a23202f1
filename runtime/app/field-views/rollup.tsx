import type { RollupField } from '../../../schemas/generated/types'
import type { FieldView } from './field-view'
import { Plain } from './Plain'

/** Screens show a computed value with the view of the type it results in; this one serves a roll-up outside a compiled entity. */
export const rollup: FieldView<RollupField> = { Show: Plain, width: 130, align: 'right' }
