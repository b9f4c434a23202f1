/** The registry of designers: one line a kind of definition. Kinds without one of their own get the panels drawn from the schema. */
import { lazy, type ComponentType } from 'react'
import type { Kind } from '../editor/documents'
import { DocumentDesigner } from './document/DocumentDesigner'
import { EntityDesigner } from './entity/EntityDesigner'
import { PipelineDesigner } from './pipeline/PipelineDesigner'

export interface DesignerKind {
  Designer: ComponentType
  /** The canvas fills the window. */
  fill?: boolean
}

export const designers = {
  entity: { Designer: EntityDesigner },
  pipeline: { Designer: PipelineDesigner },
  flow: { Designer: lazy(() => import('./flow/FlowDesigner')), fill: true },
  form: { Designer: DocumentDesigner },
  view: { Designer: DocumentDesigner },
  action: { Designer: DocumentDesigner },
  role: { Designer: DocumentDesigner },
  template: { Designer: DocumentDesigner },
} as const satisfies Record<Kind, DesignerKind>
