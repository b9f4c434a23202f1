import { Handle, Position, type NodeProps } from '@xyflow/react'
import { memo } from 'react'
import { useLabel, useLanguage } from '../../../../runtime/app/i18n'
import { choiceText } from '../../../i18n/words'
import { ProblemMark } from '../../../panels/ProblemMark'
import { shapeOf } from '../node-shapes'
import { useNodeMark } from '../looks/layer'
import { viewOf } from '../node-views'
import type { NodeElement } from './elements'

/** The frame of every node: its face, its handles, what is wrong with it. */
export const FlowNodeView = memo(function FlowNodeView({ data: { node, problems }, selected }: NodeProps<NodeElement>) {
  const read = useLabel()
  const language = useLanguage()
  const { Face } = viewOf(node)
  const mark = useNodeMark(node.id)
  const shape = shapeOf(node)
  const title = read(node.label) || choiceText('FlowNode', node.type, language)
  return (
    <div className={`st-node-frame ${selected ? 'st-node-selected' : ''} ${problems.length > 0 ? 'st-node-wrong' : ''} ${mark ? `st-mark-${mark.tone}` : ''}`}>
      {!shape.starts && <><Handle type="target" position={Position.Top} id="top" /><Handle type="target" position={Position.Left} id="left" className="st-handle-quiet" /></>}
      <Face node={node} title={title} />
      {mark && mark.lines.length > 0 && <span className="st-node-note" title={mark.lines.join('\n')}>{mark.lines.join(' · ')}</span>}
      {problems.length > 0 && <span className="st-node-problem"><ProblemMark problems={problems} /></span>}
      {!shape.ends && <><Handle type="source" position={Position.Bottom} id="bottom" /><Handle type="source" position={Position.Right} id="right" className="st-handle-quiet" /></>}
    </div>
  )
})
