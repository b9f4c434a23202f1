import type { ComponentType, ReactNode } from 'react'
import type { FlowNode } from '../../../../schemas/generated/types'
import type { Size } from '../graph/layout'

export interface NodeFaceProps<N extends FlowNode = FlowNode> { node: N; title: string }

/** How a node type looks on the canvas. */
export interface NodeView<N extends FlowNode = FlowNode> {
  icon: ReactNode
  /** Room it takes; the layout and the small map need it before anything is drawn. */
  size: Size
  Face: ComponentType<NodeFaceProps<N>>
}
