import type { ReactNode } from 'react'
import type { FlowNode } from '../../../../schemas/generated/types'
import type { NodeFaceProps, NodeView } from './node-view'

/** A node that does something: an icon, its name, and below it in a line what it does. */
export function step<N extends FlowNode>(icon: ReactNode, about: (node: N) => string): NodeView<N> {
  const Face = ({ node, title }: NodeFaceProps<N>) => (
    <div className="st-node st-node-step">
      <span className="st-node-icon" aria-hidden>{icon}</span>
      <span className="st-node-texts"><span className="st-node-title">{title}</span><span className="st-node-sub" title={about(node)}>{about(node)}</span></span>
    </div>
  )
  return { icon, size: { width: 208, height: 60 }, Face }
}
