import type { ReactNode } from 'react'
import type { FlowNode } from '../../../../schemas/generated/types'
import type { NodeFaceProps, NodeView } from './node-view'

export const pillSize = { width: 148, height: 36 }

export function Pill({ icon, tone, title }: { icon: ReactNode; tone: string; title: string }) {
  return <div className={`st-node st-node-pill st-node-${tone}`}><span aria-hidden>{icon}</span><span className="st-node-title">{title}</span></div>
}

/** A node that only steers: an icon and its name. */
export function pill<N extends FlowNode>(icon: ReactNode, tone: string): NodeView<N> {
  return { icon, size: pillSize, Face: ({ title }: NodeFaceProps<N>) => <Pill icon={icon} tone={tone} title={title} /> }
}
