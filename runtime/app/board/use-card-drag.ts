import { KeyboardSensor, MouseSensor, TouchSensor, useSensor, useSensors, type DndContextProps, type DragEndEvent } from '@dnd-kit/core'
import { useState } from 'react'
import type { CompiledEntity } from '../../engine/model'
import type { RecordDoc } from '../api'
import { useLabel, useText } from '../i18n'
import { useStageMover } from '../stages/StageMover'
import { betweenColumns } from './between-columns'
import type { Board } from './use-board'

export type MoveCard = (record: RecordDoc, to: string) => void

/** Dragging by mouse, finger or keys, and the same move without dragging. */
export function useCardDrag(entity: CompiledEntity, board: Board) {
  const [dragged, setDragged] = useState<RecordDoc>()
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 6 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 220, tolerance: 8 } }),
    useSensor(KeyboardSensor, { coordinateGetter: betweenColumns }),
  )
  const moving = useMoving(entity, board)
  const accessibility = useSpoken(entity, board)
  const context: DndContextProps = {
    sensors,
    accessibility,
    onDragStart: ({ active }) => setDragged(active.data.current as RecordDoc),
    onDragCancel: () => setDragged(undefined),
    onDragEnd: ({ active, over }: DragEndEvent) => {
      setDragged(undefined)
      if (over) moving(active.data.current as RecordDoc, String(over.id))
    },
  }
  return { context, dragged, moving }
}

/** The card goes there at once and comes back when the move is refused. */
function useMoving(entity: CompiledEntity, board: Board): MoveCard {
  const move = useStageMover()
  return (record, to) => {
    const from = String(record[entity.definition.pipeline!.stageField])
    const stage = board.stages.find(({ id }) => id === to)
    if (!stage || from === to) return
    const putBack = board.place(record, from, to)
    void move({ entity, record, to: stage }).then((moved) => { if (!moved) putBack() })
  }
}

function useSpoken(entity: CompiledEntity, { stages }: Board): DndContextProps['accessibility'] {
  const t = useText()
  const label = useLabel()
  const title = (data: unknown) => String((data as RecordDoc | undefined)?.[entity.definition.titleField] ?? '')
  const stage = (id: unknown) => label(stages.find((candidate) => candidate.id === id)?.label)
  return {
    screenReaderInstructions: { draggable: t('board.howTo') },
    announcements: {
      onDragStart: ({ active }) => t('board.lifted', { title: title(active.data.current) }),
      onDragOver: ({ over }) => (over ? t('board.over', { stage: stage(over.id) }) : undefined),
      onDragEnd: ({ active, over }) => (over ? t('board.dropped', { title: title(active.data.current), stage: stage(over.id) }) : t('board.cancelled')),
      onDragCancel: () => t('board.cancelled'),
    },
  }
}
