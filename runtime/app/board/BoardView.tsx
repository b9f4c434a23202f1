import { DndContext, DragOverlay } from '@dnd-kit/core'
import { FailedState } from '../components'
import { EmptyState } from '../components/EmptyState'
import type { Pipeline } from '../../../schemas/generated/types'
import { useText } from '../i18n'
import type { ListViewProps } from '../list/list-view'
import { BoardColumn } from './BoardColumn'
import { Card } from './Card'
import { useBoard } from './use-board'
import { useCardDrag } from './use-card-drag'
import { usePipelineChoice } from './pipeline-choice'
import './board.css'

/** A column for each stage of a pipeline; dragging a card moves its record. */
export default function BoardView(props: ListViewProps) {
  const t = useText()
  const { pipeline } = usePipelineChoice(props.entity.name)
  if (!props.entity.definition.pipeline || !pipeline) return <EmptyState title={t('board.noPipeline')} />
  return <Board {...props} pipeline={pipeline} />
}

function Board({ entity, rights, list, pipeline }: ListViewProps & { pipeline: Pipeline }) {
  const board = useBoard(entity, pipeline, list, rights)
  const drag = useCardDrag(entity, board)
  if (board.error) return <FailedState error={board.error} onRetry={board.retry} />
  return (
    <div className="fw-board-frame">
      <DndContext {...drag.context}>
        <div className="fw-board" role="list">
          {board.stages.map((stage) => <BoardColumn key={stage.id} entity={entity} stage={stage} former={!pipeline.stages.includes(stage)} board={board} moving={drag.moving} />)}
        </div>
        <DragOverlay dropAnimation={null}>{drag.dragged && <Card entity={entity} record={drag.dragged} columns={board.columns} floating />}</DragOverlay>
      </DndContext>
    </div>
  )
}
