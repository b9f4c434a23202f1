import type { ComponentType } from 'react'
import type { Field } from '../../../schemas/generated/types'
import type { FilterOp } from '../../../schemas/field-types/field-type'
import type { RecordDoc, Values } from '../api/types'

export interface ShowProps<F extends Field = Field> {
  field: F
  value: unknown
  /** The record around the value: a field may name another one, as an amount its currency. */
  record: Values
  /** In a table cell: one line. */
  cell?: boolean
}

/** Column name → what is wrong there. */
export type RowErrors = Record<string, string[]>

export interface InputProps<F extends Field = Field> {
  id: string
  field: F
  value: unknown
  onChange: (value: unknown) => void
  record?: Values
  readOnly?: boolean
  invalid?: boolean
  /** Accessible name where no label element points here. */
  label?: string
  describedBy?: string
  /** Problems of the cells of a sub-table. */
  errors?: Record<number, RowErrors>
  autoFocus?: boolean
  /** In a table cell: without a frame of its own. */
  cell?: boolean
  placeholder?: string
  /** The whole record that was chosen, for what is copied from it. */
  onPick?: (entity: string, record: RecordDoc) => void
}

/** How a field type looks: one file a type beside this one, one line in index.ts. */
export interface FieldView<F extends Field = Field> {
  Show: ComponentType<ShowProps<F>>
  /** Absent: people do not type it. */
  Input?: ComponentType<InputProps<F>>
  /** Chooses one value to compare with, where that differs from typing the value itself. */
  Choice?: ComponentType<InputProps<F>>
  /** Types what an operator compares with, where that is no value of the field: a place, for what lies in it. */
  operands?: Partial<Record<FilterOp, ComponentType<InputProps<F>>>>
  /** Chooses several values, for the filter operators that take a list. */
  Many?: ComponentType<InputProps<F>>
  /** Chooses two values, for `between`; two inputs unless given. */
  Pair?: ComponentType<InputProps<F>>
  /** Operator of its quick filter above a list; without one it is not offered there. */
  quick?: FilterOp
  /** Width of its column in pixels. */
  width: number
  align?: 'right'
  /** Columns of three it takes in a form unless the form says otherwise. */
  span?: 1 | 2 | 3
}
