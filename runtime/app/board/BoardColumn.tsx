import { useDroppable } from '@dnd-kit/core'
import { Button, Skeleton } from 'antd'
import { useState } from 'react'
import type { Stage } from '../../../schemas/generated/types'
import type { CompiledEntity } from '../../engine/model'
import { Value } from '../field-views/Value'
import { useLabel, useText } from '../i18n'
import type { Board } from './use-board'
import { DraggableCard } from './Card'
import type { MoveCard } from './use-card-drag'

interface Props { entity: CompiledEntity; stage: Stage; /** Only records that go by a former version are in it. */ former: boolean; board: Board; moving: MoveCard }

/** A stage: what is in it, how many, and the sums above. Stages at which things have ended start folded. */
export function BoardColumn(props: Props) {
  const { stage, former, board } = props
  const t = useText()
  const label = useLabel()
  const { setNodeRef, isOver } = useDroppable({ id: stage.id })
  const [open, setOpen] = useState(stage.category === 'open')
  const className = ['fw-column', `fw-column-${stage.category}`, isOver && 'fw-column-over', !open && 'fw-column-folded'].filter(Boolean).join(' ')
  return (
    <section className={className} ref={setNodeRef} role="listitem" aria-label={label(stage.label)}>
      <header className="fw-column-head">
        <button type="button" className="fw-column-title" onClick={() => setOpen(!open)} aria-expanded={open}>
          <span className="fw-column-name">{label(stage.label)}</span>
          {former && <span className="fw-column-former" title={t('pipeline.goesBy')}>{t('board.former')}</span>}
          <span className="fw-column-count">{board.count(stage.id) ?? '–'}</span>
        </button>
        {open && <Sums stage={stage} board={board} />}
      </header>
      {open && <Cards {...props} />}
    </section>
  )
}

function Sums({ stage, board }: { stage: Stage; board: Board }) {
  const sums = board.sums(stage.id)
  const label = useLabel()
  if (board.totals.length === 0) return null
  return (
    <div className="fw-column-sums">
      {board.totals.map((field, i) => (
        <span key={field.name} title={label(field.definition.label)}><Value field={field} record={{ [field.name]: sums[i] ?? null }} /></span>
      ))}
      {stage.probability !== undefined && <span className="fw-muted fw-number">{stage.probability}%</span>}
    </div>
  )
}

function Cards({ entity, stage, board, moving }: Props) {
  const t = useText()
  const cards = board.cards(stage.id)
  if (!cards) return <div className="fw-column-cards"><Skeleton active title={false} paragraph={{ rows: 4 }} /></div>
  const rest = (board.count(stage.id) ?? 0) - cards.length
  return (
    <div className="fw-column-cards">
      {cards.length === 0 && <p className="fw-column-empty">{t('board.empty')}</p>}
      {cards.map((record) => <DraggableCard key={record.id} entity={entity} record={record} columns={board.columns} moving={moving} />)}
      {rest > 0 && <Button type="text" size="small" block onClick={() => board.more(stage.id)}>{t('board.more', { count: rest })}</Button>}
    </div>
  )
}
