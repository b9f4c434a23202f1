import type { Field, FormulaField } from '../../generated/types'
import { computed } from '../computed'

/** The result's type with this field's name and label. */
export const formula = computed<FormulaField>((field) => ({ ...field.result, name: field.name, uid: field.uid, label: field.label }) as Field)
