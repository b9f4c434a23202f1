import { ReactFlowProvider } from '@xyflow/react'
import { useEffect, useMemo, useRef } from 'react'
import type { Flow } from '../../../schemas/generated/types'
import { useText } from '../../i18n'
import { Panel } from '../../panels/Panel'
import { usePanel } from '../../panels/PanelContext'
import { DesignerTabs } from '../common/DesignerTabs'
import { JsonTab } from '../common/JsonTab'
import { Split } from '../common/Split'
import { useAt, useScrollTo } from '../common/use-at'
import { BpmnButtons } from './BpmnButtons'
import { CanvasContext, type CanvasActions, type Chosen } from './canvas/CanvasContext'
import { FlowCanvas } from './canvas/FlowCanvas'
import { useLayout } from './canvas/use-layout'
import { LayerContext } from './looks/layer'
import { useLooks } from './looks/use-looks'
import { useSide } from './use-side'
import { useChosenElement } from './use-chosen-element'
import { insertable } from './graph/edit'
import { edgeOf } from './graph/graph'
import { useFlowCommands, type FlowCommands } from './use-flow-commands'

export default function FlowDesigner() {
  const t = useText()
  return (
    <DesignerTabs fill items={[
      { key: 'canvas', label: t('flow.canvas'), shows: ['nodes', 'edges', 'layout'], children: <ReactFlowProvider><Canvas /></ReactFlowProvider> },
      { key: 'members', label: t('flow.settings'), rest: true, children: <Settings /> },
      { key: 'json', label: 'JSON', children: <JsonTab /> },
    ]} />
  )
}

function Settings() {
  useScrollTo(useAt())
  return <div className="fw-panel st-pad st-document"><Panel definition="Flow" path={[]} /></div>
}

function Canvas() {
  const { document, problems } = usePanel()
  const flow = document as Flow
  const [chosen, choose] = useChosenElement(flow)
  const commands = useFlowCommands(flow, choose)
  const looks = useLooks(flow, choose)
  const side = useSide(flow, chosen, choose, commands) ?? looks.side
  const layout = useLayout(flow)
  const canvas = useActions(flow, commands, choose)
  useScrollTo(useAt())
  return (
    <CanvasContext value={canvas}>
      <LayerContext value={looks.layer}>
        <Split fill side={side} onClose={() => (chosen ? choose(undefined) : looks.close())}>
          <FlowCanvas flow={flow} layout={layout} chosen={chosen} choose={choose} commands={commands} problems={problems} looks={<>{looks.buttons}<BpmnButtons flow={flow} /></>} />
          {looks.below}
        </Split>
      </LayerContext>
    </CanvasContext>
  )
}

/** The same object for as long as the canvas is there; it always acts on the flow as it is now. */
function useActions(flow: Flow, commands: FlowCommands, choose: (chosen: Chosen | undefined) => void): CanvasActions {
  const now = useRef({ flow, commands, choose })
  useEffect(() => { now.current = { flow, commands, choose } })
  return useMemo(() => ({
    insert: (edge, type) => now.current.commands.insert(edge, type),
    insertable: (id) => { const edge = edgeOf(now.current.flow, id); return edge ? insertable(now.current.flow, edge) : [] },
    choose: (chosen) => now.current.choose(chosen),
  }), [])
}
