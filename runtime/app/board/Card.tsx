import { useDraggable } from '@dnd-kit/core'
import { MoreOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import { Link } from 'react-router'
import { pipelineOf, type CompiledEntity } from '../../engine/model'
import type { RecordDoc } from '../api'
import { Value } from '../field-views/Value'
import { useLabel, useText } from '../i18n'
import type { ListColumn } from '../list/fields'
import { useCatalog } from '../session'
import { RottingMark } from '../stages/RottingMark'
import { VersionMark } from '../stages/VersionMark'
import type { MoveCard } from './use-card-drag'

interface CardProps { entity: CompiledEntity; record: RecordDoc; columns: ListColumn[]; floating?: boolean; menu?: React.ReactNode }

/** The view's columns as lines: the title first, the others as they come. */
export function Card({ entity, record, columns, floating, menu }: CardProps) {
  const label = useLabel()
  const title = entity.definition.titleField
  const lines = columns.filter(({ field }) => field.name !== title && record[field.name] !== null && record[field.name] !== undefined)
  return (
    <article className={floating ? 'fw-board-card fw-board-card-floating' : 'fw-board-card'}>
      <div className="fw-board-card-head">
        <Link to={`/${entity.name}/${record.id}`} draggable={false}>{String(record[title] ?? '')}</Link>
        {menu}
      </div>
      <div className="fw-board-card-lines">
        <RottingMark entity={entity} record={record} />
        <VersionMark entity={entity} record={record} />
        {lines.map(({ field }) => <span key={field.name} title={label(field.definition.label)} className="fw-ellipsis"><Value field={field} record={record} cell /></span>)}
      </div>
    </article>
  )
}

export function DraggableCard({ moving, ...props }: CardProps & { moving: MoveCard }) {
  const { entity, record } = props
  const t = useText()
  const { attributes, listeners, setNodeRef, isDragging } = useDraggable({ id: record.id, data: record })
  const name = t('board.card', { title: String(record[entity.definition.titleField] ?? '') })
  return (
    <div ref={setNodeRef} {...attributes} {...listeners} aria-label={name} className={isDragging ? 'fw-board-slot fw-board-slot-empty' : 'fw-board-slot'}>
      <Card {...props} menu={<MoveMenu entity={entity} record={record} moving={moving} />} />
    </div>
  )
}

/** The same move without dragging. */
function MoveMenu({ entity, record, moving }: { entity: CompiledEntity; record: RecordDoc; moving: MoveCard }) {
  const t = useText()
  const label = useLabel()
  const stages = pipelineOf(useCatalog(), entity, record)?.stages ?? []
  const items = stages.filter(({ id }) => id !== record[entity.definition.pipeline!.stageField]).map((stage) => ({ key: stage.id, label: label(stage.label), onClick: () => moving(record, stage.id) }))
  return (
    <span onMouseDown={(event) => event.stopPropagation()} onKeyDown={(event) => event.stopPropagation()} onTouchStart={(event) => event.stopPropagation()}>
      <Dropdown trigger={['click']} menu={{ items: [{ key: 'title', type: 'group', label: t('board.moveTo'), children: items }] }}>
        <Button type="text" size="small" icon={<MoreOutlined aria-hidden />} aria-label={t('board.moveTo')} />
      </Dropdown>
    </span>
  )
}
