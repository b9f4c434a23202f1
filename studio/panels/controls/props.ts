import type { ComponentType } from 'react'
import type { Path } from '../../editor/path'
import type { Control, ControlKind, ControlOf } from '../control'

export interface ControlProps<C extends Control = Control> {
  control: C
  path: Path
  /** Id of the input, for its label. */
  id: string
  /** Accessible name where no label element points at the input. */
  label: string
  invalid?: boolean
  /** Id of the element that says what is wrong. */
  describedBy?: string
  required?: boolean
}
export type ControlView<K extends ControlKind> = ComponentType<ControlProps<ControlOf<K>>>
