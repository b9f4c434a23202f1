/** The registry of designers: one line a kind of definition. Kinds without one of their own get the panels drawn from the schema. */
import { lazy, type ComponentType } from 'react'
import type { Kind } from '../editor/documents'

export interface DesignerKind {
  Designer: ComponentType
  /** The canvas fills the window. */
  fill?: boolean
}

/** The list of definitions comes without them. */
const EntityDesigner = lazy(() => import('./entity/EntityDesigner'))
const PipelineDesigner = lazy(() => import('./pipeline/PipelineDesigner'))
const FlowDesigner = lazy(() => import('./flow/FlowDesigner'))
const DocumentDesigner = lazy(() => import('./document/DocumentDesigner'))

export const designers = {
  entity: { Designer: EntityDesigner },
  pipeline: { Designer: PipelineDesigner },
  flow: { Designer: FlowDesigner, fill: true },
  form: { Designer: DocumentDesigner },
  view: { Designer: DocumentDesigner },
  action: { Designer: DocumentDesigner },
  role: { Designer: DocumentDesigner },
  sharing: { Designer: DocumentDesigner },
  ruleTable: { Designer: DocumentDesigner },
  dictionary: { Designer: DocumentDesigner },
  calendar: { Designer: DocumentDesigner },
  template: { Designer: DocumentDesigner },
} as const satisfies Record<Kind, DesignerKind>
