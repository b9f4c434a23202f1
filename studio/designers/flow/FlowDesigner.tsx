import { ReactFlowProvider } from '@xyflow/react'
import type { Flow } from '../../../schemas/generated/types'
import { useText } from '../../i18n'
import { Panel } from '../../panels/Panel'
import { usePanel } from '../../panels/PanelContext'
import { problemsAt } from '../../workspace/ProblemsProvider'
import { DesignerTabs } from '../common/DesignerTabs'
import { JsonTab } from '../common/JsonTab'
import { Split } from '../common/Split'
import { useAt, useScrollTo } from '../common/use-at'
import { CanvasContext, type CanvasActions } from './canvas/CanvasContext'
import { FlowCanvas } from './canvas/FlowCanvas'
import { useLayout } from './canvas/use-layout'
import { useSide } from './use-side'
import { useChosenElement } from './use-chosen-element'
import { useFlowCommands } from './use-flow-commands'

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
  const side = useSide(flow, chosen, choose, commands)
  const layout = useLayout(flow)
  const canvas: CanvasActions = {
    flow,
    problemsOfNode: (id) => problemsAt(problems, ['nodes', flow.nodes.findIndex((n) => n.id === id)]),
    problemsOfEdge: (id) => problemsAt(problems, ['edges', flow.edges.findIndex((e) => e.id === id)]),
    laneOf: (id) => layout.lanes[id],
    insert: commands.insert,
    choose,
  }
  useScrollTo(useAt())
  return (
    <CanvasContext value={canvas}>
      <Split fill side={side} onClose={() => choose(undefined)}>
        <FlowCanvas flow={flow} layout={layout} chosen={chosen} choose={choose} commands={commands} />
      </Split>
    </CanvasContext>
  )
}
