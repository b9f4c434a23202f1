import { ArrowDownOutlined, ArrowUpOutlined } from '@ant-design/icons'
import { Button, Space, Switch } from 'antd'
import { useLabel, useLanguage } from '../../../runtime/app/i18n'
import type { Edge, Flow } from '../../../schemas/generated/types'
import { useText } from '../../i18n'
import { choiceText } from '../../i18n/words'
import { Panel } from '../../panels/Panel'
import type { Chosen } from './canvas/CanvasContext'
import { nodeOf, outgoing } from './graph/graph'
import { shapeOf } from './node-shapes'
import type { FlowCommands } from './use-flow-commands'

interface Props { flow: Flow; edge: Edge; choose: (chosen: Chosen) => void; commands: FlowCommands }

/** Label and condition of a way, and its place among the ways out of the same node. */
export function EdgePanel({ flow, edge, choose, commands }: Props) {
  const source = nodeOf(flow, edge.source)
  const shape = source && shapeOf(source)
  const path = ['edges', flow.edges.indexOf(edge)]
  const several = outgoing(flow, edge.source).length > 1
  const conditional = shape?.conditions === true && several && !edge.default
  return (
    <>
      <p className="st-intro"><End flow={flow} id={edge.source} choose={choose} /> → <End flow={flow} id={edge.target} choose={choose} /></p>
      <Panel definition="Edge" path={path} only={conditional || edge.when !== undefined ? ['when', 'label'] : ['label']} />
      {shape?.conditions && several && <DefaultSwitch edge={edge} commands={commands} />}
      {shape?.gateway && !edge.default && several && <Order edge={edge} commands={commands} />}
    </>
  )
}

function End({ flow, id, choose }: { flow: Flow; id: string; choose: Props['choose'] }) {
  const read = useLabel()
  const language = useLanguage()
  const node = nodeOf(flow, id)
  return <button type="button" className="st-link" onClick={() => choose({ node: id })}>{node ? read(node.label) || choiceText('FlowNode', node.type, language) : id}</button>
}

/** There is always one default: it is given to another way, not taken away. */
function DefaultSwitch({ edge, commands }: Pick<Props, 'edge' | 'commands'>) {
  const t = useText()
  return (
    <label className="st-member-switch st-member">
      <span className="st-member-label">{t('flow.isDefault')}</span>
      <Switch size="small" checked={edge.default ?? false} disabled={edge.default} onChange={() => commands.makeDefault(edge.id)} />
    </label>
  )
}

function Order({ edge, commands }: Pick<Props, 'edge' | 'commands'>) {
  const t = useText()
  return (
    <Space.Compact>
      <Button size="small" icon={<ArrowUpOutlined />} onClick={() => commands.moveEdge(edge.id, -1)}>{t('flow.earlier')}</Button>
      <Button size="small" icon={<ArrowDownOutlined />} onClick={() => commands.moveEdge(edge.id, 1)}>{t('flow.later')}</Button>
    </Space.Compact>
  )
}
