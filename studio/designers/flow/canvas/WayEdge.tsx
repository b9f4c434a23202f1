import { PlusOutlined } from '@ant-design/icons'
import { BaseEdge, EdgeLabelRenderer, getSmoothStepPath, type EdgeProps } from '@xyflow/react'
import { Dropdown } from 'antd'
import { memo } from 'react'
import { useLabel, useLanguage } from '../../../../runtime/app/i18n'
import { useText } from '../../../i18n'
import { choiceText } from '../../../i18n/words'
import { ProblemMark } from '../../../panels/ProblemMark'
import { insertable } from '../graph/edit'
import { edgeOf, nodeOf } from '../graph/graph'
import { shapeOf } from '../node-shapes'
import { nodeViews } from '../node-views'
import { useCanvas } from './CanvasContext'
import { lanePath } from './edge-path'

/** A way between two nodes, with its condition and the + that puts a node on it. */
export const WayEdge = memo(function WayEdge({ id, sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition, selected, markerEnd }: EdgeProps) {
  const { laneOf, problemsOfEdge } = useCanvas()
  const lane = lanePath({ x: sourceX, y: sourceY }, { x: targetX, y: targetY }, laneOf(id))
  const [stepPath, stepX, stepY] = getSmoothStepPath({ sourceX, sourceY, sourcePosition, targetX, targetY, targetPosition, borderRadius: 8 })
  const { x, y } = lane?.label ?? { x: stepX, y: stepY }
  const wrong = problemsOfEdge(id).length > 0
  return (
    <>
      <BaseEdge id={id} path={lane?.path ?? stepPath} markerEnd={markerEnd} interactionWidth={18} className={`st-way ${selected ? 'st-way-selected' : ''} ${wrong ? 'st-way-wrong' : ''}`} />
      <EdgeLabelRenderer>
        {/* Clicks in the menu bubble up to here, and must not choose the edge. */}
        <div className="st-way-label nodrag nopan" onClick={(e) => e.stopPropagation()} style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` }}>
          <WayText id={id} selected={selected ?? false} />
          <InsertButton id={id} />
        </div>
      </EdgeLabelRenderer>
    </>
  )
})

function WayText({ id, selected }: { id: string; selected: boolean }) {
  const { flow, choose, problemsOfEdge } = useCanvas()
  const read = useLabel()
  const t = useText()
  const edge = edgeOf(flow, id)
  const problems = problemsOfEdge(id)
  const source = edge && nodeOf(flow, edge.source)
  const open = source !== undefined && shapeOf(source).conditions === true && !edge?.default && !edge?.when
  const text = open ? t('flow.noCondition') : read(edge?.label) || edge?.when || (edge?.default ? t('flow.otherwise') : '')
  if (!text && problems.length === 0) return null
  return (
    <button type="button" className={`st-way-text ${edge?.default ? 'st-way-default' : ''} ${open ? 'st-way-open' : ''} ${selected ? 'st-way-text-selected' : ''}`} title={edge?.when} onClick={() => choose({ edge: id })}>
      {text || '?'} <ProblemMark problems={problems} />
    </button>
  )
}

function InsertButton({ id }: { id: string }) {
  const { flow, insert } = useCanvas()
  const language = useLanguage()
  const t = useText()
  const edge = edgeOf(flow, id)
  if (!edge) return null
  const items = () => insertable(flow, edge).map((type) => ({ key: type, icon: nodeViews[type].icon, label: choiceText('FlowNode', type, language), onClick: () => insert(id, type) }))
  return (
    <Dropdown trigger={['click']} menu={{ items: items() }}>
      <button type="button" className="st-plus" aria-label={t('flow.insertOn', { from: edge.source, to: edge.target })}><PlusOutlined /></button>
    </Dropdown>
  )
}
