import { DeleteOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useLabel, useLanguage } from '../../../runtime/app/i18n'
import type { Flow } from '../../../schemas/generated/types'
import { useText } from '../../i18n'
import { choiceText } from '../../i18n/words'
import type { Chosen } from './canvas/CanvasContext'
import { EdgePanel } from './EdgePanel'
import { nodeOf, outgoing } from './graph/graph'
import { removable } from './graph/edit'
import { NodePanel } from './NodePanel'
import { viewOf } from './node-views'
import type { FlowCommands } from './use-flow-commands'

/** Title, actions and panel of what is chosen on the canvas. */
export function useSide(flow: Flow, chosen: Chosen | undefined, choose: (chosen: Chosen | undefined) => void, commands: FlowCommands) {
  const read = useLabel()
  const language = useLanguage()
  const t = useText()
  const removal = (allowed: boolean) => (
    <Button size="small" type="text" danger icon={<DeleteOutlined />} aria-label={t('flow.remove')} title={t(allowed ? 'flow.remove' : 'flow.removeNot')} disabled={!allowed} onClick={() => chosen && commands.remove(chosen)} />
  )
  if (!chosen) return undefined
  if ('edge' in chosen) {
    const edge = flow.edges.find((e) => e.id === chosen.edge)!
    return { title: read(edge.label) || t('flow.way'), actions: removal(outgoing(flow, edge.source).length > 1), content: <EdgePanel key={edge.id} flow={flow} edge={edge} choose={choose} commands={commands} /> }
  }
  const node = nodeOf(flow, chosen.node)!
  const title = <>{viewOf(node).icon} {read(node.label) || choiceText('FlowNode', node.type, language)}</>
  return { title, actions: removal(removable(flow, node)), content: <NodePanel key={node.id} flow={flow} node={node} choose={choose} commands={commands} /> }
}
