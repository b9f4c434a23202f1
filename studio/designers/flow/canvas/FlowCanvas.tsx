import { Background, Controls, MiniMap, Panel, ReactFlow, type Connection, type Edge, type EdgeTypes, type Node, type NodeTypes } from '@xyflow/react'
import '@xyflow/react/dist/style.css'
import { useMemo, useRef, type ReactNode } from 'react'
import { usePhone } from '../../../../runtime/app/components'
import type { Flow } from '../../../../schemas/generated/types'
import type { DefinitionProblem } from '../../../api/studio-api'
import { useText } from '../../../i18n'
import { connectable } from '../graph/edit'
import type { Layout } from '../graph/layout'
import { CanvasToolbar } from './CanvasToolbar'
import type { Chosen } from './CanvasContext'
import { FlowNodeView } from './FlowNodeView'
import { useCanvasKeys } from './use-canvas-keys'
import { useElements } from './use-elements'
import { firstView, useKeepCentred, useKeepInView } from './view'
import type { FlowCommands } from '../use-flow-commands'
import { WayEdge } from './WayEdge'
import './canvas.css'

const nodeTypes: NodeTypes = { flow: FlowNodeView }
const edgeTypes: EdgeTypes = { way: WayEdge }

interface Props {
  flow: Flow
  layout: Layout
  chosen: Chosen | undefined
  choose: (chosen: Chosen | undefined) => void
  commands: FlowCommands
  problems: readonly DefinitionProblem[]
  /** Buttons of what can be drawn over the flow. */
  looks: ReactNode
}

export function FlowCanvas({ flow, layout, chosen, choose, commands, problems, looks }: Props) {
  const { nodes, edges, onNodesChange } = useElements(flow, layout, chosen, problems)
  const keys = useCanvasKeys(flow, chosen, choose, commands, layout)
  const frame = useRef<HTMLDivElement>(null)
  useKeepCentred(frame)
  useKeepInView(chosen, layout)
  const phone = usePhone()
  const t = useText()
  const words = useCanvasWords()
  const connect = ({ source, target }: Connection) => commands.connect(source, target)
  return (
    <div ref={frame} className="st-canvas" onKeyDownCapture={keys} tabIndex={-1} role="application" aria-label={t('flow.canvas')}>
      <ReactFlow nodes={nodes} edges={edges} nodeTypes={nodeTypes} edgeTypes={edgeTypes} onNodesChange={onNodesChange} onInit={(instance) => instance.setViewport(firstView(layout, frame.current))}
        minZoom={0.1} maxZoom={1.6} onlyRenderVisibleElements deleteKeyCode={null} selectionKeyCode={null} multiSelectionKeyCode={null} nodesDraggable={!phone} nodesConnectable={!phone}
        onNodeClick={(_, n) => choose({ node: n.id })} onEdgeClick={(_, e) => choose({ edge: e.id })} onPaneClick={() => choose(undefined)}
        onNodeDragStop={(_, n, all) => commands.place(all.length > 0 ? all : [n])} onConnect={connect} onReconnect={(edge, { target }) => commands.retarget(edge.id, target)}
        isValidConnection={({ source, target }: Connection | Edge) => connectable(flow, source, target)} proOptions={{ hideAttribution: true }} elevateEdgesOnSelect ariaLabelConfig={words}>
        <Background gap={20} size={1} color="#dfe4ec" />
        <Controls showInteractive={false} position="bottom-left" />
        {!phone && <MiniMap pannable zoomable position="bottom-right" className="st-minimap" nodeColor={miniColor} ariaLabel={t('flow.map')} />}
        <CanvasToolbar flow={flow} commands={commands} />
        <Panel position="top-right" className="st-looks">{looks}</Panel>
      </ReactFlow>
    </div>
  )
}

/** What React Flow says to screen readers. */
function useCanvasWords() {
  const t = useText()
  return useMemo(() => ({
    'controls.ariaLabel': t('flow.controls'), 'controls.zoomIn.ariaLabel': t('flow.zoomIn'), 'controls.zoomOut.ariaLabel': t('flow.zoomOut'), 'controls.fitView.ariaLabel': t('flow.fit'),
    'minimap.ariaLabel': t('flow.map'), 'handle.ariaLabel': t('flow.handle'),
    'node.a11yDescription.default': t('flow.nodeHelp'), 'node.a11yDescription.keyboardDisabled': t('flow.nodeHelp'), 'edge.a11yDescription.default': t('flow.edgeHelp'),
  }), [t])
}

const miniColor = (node: Node) => (node.selected ? '#2456c7' : '#b9c4d4')
