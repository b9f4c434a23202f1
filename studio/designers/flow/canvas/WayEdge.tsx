import { BaseEdge, EdgeLabelRenderer, getSmoothStepPath, useStore, type EdgeProps } from '@xyflow/react'
import { memo } from 'react'
import { useLabel } from '../../../../runtime/app/i18n'
import { useText } from '../../../i18n'
import { ProblemMark } from '../../../panels/ProblemMark'
import { useWayMark } from '../looks/layer'
import { useCanvas } from './CanvasContext'
import { lanePath } from './edge-path'
import type { EdgeElement } from './elements'
import { InsertButton } from './InsertButton'

/** From further away texts cannot be read nor buttons be hit; without them hundreds of ways stay quick. */
const legible = 0.4

/** A way between two nodes, with its condition and the + that puts a node on it. */
export const WayEdge = memo(function WayEdge({ id, data, sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition, selected = false, markerEnd }: EdgeProps<EdgeElement>) {
  const near = useStore((s) => s.transform[2] >= legible)
  const lane = lanePath({ x: sourceX, y: sourceY }, { x: targetX, y: targetY }, data?.lane)
  const [stepPath, stepX, stepY] = getSmoothStepPath({ sourceX, sourceY, sourcePosition, targetX, targetY, targetPosition, borderRadius: 8 })
  const { x, y } = lane?.label ?? { x: stepX, y: stepY }
  const mark = useWayMark(id)
  const wrong = (data?.problems.length ?? 0) > 0
  return (
    <>
      <BaseEdge id={id} path={lane?.path ?? stepPath} markerEnd={markerEnd} interactionWidth={18} className={`st-way ${selected ? 'st-way-selected' : ''} ${wrong ? 'st-way-wrong' : ''} ${mark ? `st-way-${mark}` : ''}`} />
      {near && data && (
        <EdgeLabelRenderer>
          {/* Clicks in the menu bubble up to here, and must not choose the edge. */}
          <div className="st-way-label nodrag nopan" onClick={(e) => e.stopPropagation()} style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` }}>
            <WayText {...data} selected={selected} />
            <InsertButton edge={data.edge} />
          </div>
        </EdgeLabelRenderer>
      )}
    </>
  )
})

function WayText({ edge, conditional, problems, selected }: NonNullable<EdgeElement['data']> & { selected: boolean }) {
  const { choose } = useCanvas()
  const read = useLabel()
  const t = useText()
  const open = conditional && !edge.default && !edge.when
  const text = open ? t('flow.noCondition') : read(edge.label) || edge.when || (edge.default ? t('flow.otherwise') : '')
  if (!text && problems.length === 0) return null
  return (
    <button type="button" className={`st-way-text ${edge.default ? 'st-way-default' : ''} ${open ? 'st-way-open' : ''} ${selected ? 'st-way-text-selected' : ''}`} title={edge.when} onClick={() => choose({ edge: edge.id })}>
      {text || '?'} <ProblemMark problems={problems} />
    </button>
  )
}
