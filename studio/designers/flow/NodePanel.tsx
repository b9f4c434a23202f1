import { ArrowDownOutlined, ArrowUpOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Tag } from 'antd'
import { useLabel, useLanguage } from '../../../runtime/app/i18n'
import type { Edge, Flow, FlowNode } from '../../../schemas/generated/types'
import { useText } from '../../i18n'
import { choiceText } from '../../i18n/words'
import { schemas } from '../../panels/generate'
import { Panel } from '../../panels/Panel'
import type { Chosen } from './canvas/CanvasContext'
import { nodeOf, outgoing } from './graph/graph'
import { asksConditions, shapeOf } from './node-shapes'
import type { FlowCommands } from './use-flow-commands'

interface Props { flow: Flow; node: FlowNode; choose: (chosen: Chosen) => void; commands: FlowCommands }

const schemaName = (type: string) => `${type[0]!.toUpperCase()}${type.slice(1)}Node`

export function NodePanel({ flow, node, choose, commands }: Props) {
  const language = useLanguage()
  const { description, zh } = schemas[schemaName(node.type)]!
  return (
    <>
      <p className="fw-muted st-intro">{language === 'zh' ? zh : description}</p>
      <Panel definition={schemaName(node.type)} path={['nodes', flow.nodes.indexOf(node)]} skip={['id']} />
      {shapeOf(node).gateway && <Branches flow={flow} node={node} choose={choose} commands={commands} />}
    </>
  )
}

/** The ways out of a gateway, in their order. */
function Branches({ flow, node, choose, commands }: Props) {
  const t = useText()
  const ways = outgoing(flow, node.id)
  const conditions = asksConditions(shapeOf(node), ways.length)
  const title = t(conditions ? 'flow.branches' : 'flow.ways')
  return (
    <section className="st-branches" aria-label={title}>
      <h3>{title}</h3>
      {ways.map((edge, i) => <Branch key={edge.id} {...{ flow, edge, choose, commands }} first={i === 0} last={i === ways.length - 1 || ways[i + 1]?.default === true} conditions={conditions} />)}
      <Button size="small" type="dashed" block icon={<PlusOutlined />} onClick={() => commands.addBranch(node.id)}>{t('flow.addBranch')}</Button>
    </section>
  )
}

interface BranchProps { flow: Flow; edge: Edge; first: boolean; last: boolean; conditions: boolean; choose: (chosen: Chosen) => void; commands: FlowCommands }

function Branch({ flow, edge, first, last, conditions, choose, commands }: BranchProps) {
  const t = useText()
  const read = useLabel()
  const language = useLanguage()
  const target = nodeOf(flow, edge.target)
  const name = read(edge.label) || edge.when || t(edge.default ? 'flow.otherwise' : conditions ? 'flow.noCondition' : 'flow.way')
  const to = target && (read(target.label) || choiceText('FlowNode', target.type, language))
  return (
    <div className="st-branch">
      <button type="button" className="st-branch-name" onClick={() => choose({ edge: edge.id })}><span>{name}</span><span className="fw-muted"> → {to}</span></button>
      {edge.default
        ? <Tag variant="filled">{t('flow.default')}</Tag>
        : (
          <>
            <Button size="small" type="text" icon={<ArrowUpOutlined />} aria-label={t('flow.earlier')} disabled={first} onClick={() => commands.moveEdge(edge.id, -1)} />
            <Button size="small" type="text" icon={<ArrowDownOutlined />} aria-label={t('flow.later')} disabled={last} onClick={() => commands.moveEdge(edge.id, 1)} />
          </>
        )}
    </div>
  )
}
