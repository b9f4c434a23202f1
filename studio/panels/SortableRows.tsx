import { DndContext, KeyboardSensor, PointerSensor, closestCenter, useDraggable, useDroppable, useSensor, useSensors, type DragEndEvent, type DragOverEvent, type DragStartEvent, type UniqueIdentifier } from '@dnd-kit/core'
import { HolderOutlined } from '@ant-design/icons'
import { useRef, type KeyboardEvent, type ReactNode } from 'react'
import { useText } from '../i18n'
import './sortable.css'

interface Props {
  count: number
  row: (index: number) => ReactNode
  keyOf: (index: number) => string
  /** Name of a row, for those who cannot see it. */
  label: (index: number) => string
  onMove: (from: number, to: number) => void
  /** Marks the row that is being edited. */
  selected?: (index: number) => boolean
}

/** Rows that are put in order by dragging their handle, or with Alt+↑ and Alt+↓ from anywhere inside. */
export function SortableRows({ count, row, keyOf, label, onMove, selected }: Props) {
  const list = useRef<HTMLDivElement>(null)
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: 4 } }), useSensor(KeyboardSensor))
  const move = (from: number, to: number) => {
    if (to < 0 || to >= count || from === to) return
    onMove(from, to)
    requestAnimationFrame(() => list.current?.children[to]?.querySelector<HTMLElement>('.st-handle')?.focus())
  }
  const accessibility = useAnnouncements(label)
  const onDragEnd = ({ active, over }: DragEndEvent) => { if (over) move(Number(active.id), Number(over.id)) }
  return (
    <DndContext sensors={sensors} collisionDetection={closestCenter} onDragEnd={onDragEnd} accessibility={accessibility}>
      <div ref={list} className="st-sortable" role="list">
        {Array.from({ length: count }, (_, i) => (
          <Row key={keyOf(i)} index={i} label={label(i)} selected={selected?.(i) ?? false} onMove={move}>{row(i)}</Row>
        ))}
      </div>
    </DndContext>
  )
}

/** What a screen reader says while dragging. */
function useAnnouncements(label: Props['label']) {
  const t = useText()
  const over = (id: UniqueIdentifier | undefined) => (id === undefined ? undefined : t('sort.over', { position: Number(id) + 1 }))
  return {
    screenReaderInstructions: { draggable: t('sort.help') },
    announcements: {
      onDragStart: ({ active }: DragStartEvent) => t('sort.start', { name: label(Number(active.id)) }),
      onDragOver: ({ over: at }: DragOverEvent) => over(at?.id),
      onDragEnd: ({ over: at }: DragEndEvent) => over(at?.id),
      onDragCancel: () => t('sort.cancel'),
    },
  }
}

interface RowProps { index: number; label: string; selected: boolean; onMove: (from: number, to: number) => void; children: ReactNode }

function Row({ index, label, selected, onMove, children }: RowProps) {
  const t = useText()
  const drag = useDraggable({ id: index })
  const drop = useDroppable({ id: index })
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.altKey ? steps[event.key] : undefined
    if (by === undefined) return
    event.preventDefault()
    event.stopPropagation()
    onMove(index, index + by)
  }
  const over = drop.isOver && drop.active?.id !== index
  const edge = over ? (Number(drop.active?.id) < index ? 'st-row-after' : 'st-row-before') : ''
  const style = drag.transform ? { transform: `translate(0, ${drag.transform.y}px)`, zIndex: 5 } : undefined
  return (
    <div ref={drop.setNodeRef} role="listitem" className={`st-row ${edge} ${selected ? 'st-row-selected' : ''}`} onKeyDown={onKeyDown}>
      <div ref={drag.setNodeRef} className={drag.isDragging ? 'st-row-inner st-row-dragging' : 'st-row-inner'} style={style}>
        <button type="button" className="st-handle" {...drag.attributes} {...drag.listeners} aria-label={t('sort.handle', { name: label })} title={t('sort.hint')}><HolderOutlined /></button>
        <div className="st-row-content">{children}</div>
      </div>
    </div>
  )
}

const steps: Readonly<Record<string, number | undefined>> = { ArrowUp: -1, ArrowDown: 1 }
