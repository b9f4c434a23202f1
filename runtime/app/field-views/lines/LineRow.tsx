import { CopyOutlined, DeleteOutlined } from '@ant-design/icons'
import { Button, Tooltip } from 'antd'
import { memo, useRef } from 'react'
import type { CompiledField } from '../../../engine/model'
import type { Values } from '../../api/types'
import { copyFrom } from '../../form/copy'
import { useLabel, useText } from '../../i18n'
import type { RowErrors } from '../field-view'
import { viewOf } from '../index'
import { Value } from '../Value'
import { alignOf, widthOf, type Row } from './columns'
import type { RowCommands } from './row-commands'

interface Props {
  id: string
  index: number
  row: Row
  columns: CompiledField[]
  commands: RowCommands
  /** What the record around the rows names for them: the currency, for one. The same object until that changes. */
  record: Values
  readOnly: boolean
  errors: RowErrors | undefined
  live: boolean
  onActivate: (row: number, column: number) => void
}

function Cells(props: Props) {
  const { index, row, columns, record, readOnly } = props
  const around = { ...record, ...row }
  return (
    <tr>
      <td className="fw-lines-index fw-muted">{index + 1}</td>
      {columns.map((column, i) => <Cell key={column.name} {...props} column={column} position={i} around={around} />)}
      {!readOnly && <Tools {...props} />}
    </tr>
  )
}

/** Drawn again only when something of this row changed. Computed rows are new objects with equal values. */
export const LineRow = memo(Cells, (before, after) =>
  before.index === after.index && before.columns === after.columns && before.live === after.live && before.readOnly === after.readOnly &&
  before.record === after.record && sameErrors(before.errors, after.errors) && sameValues(before.row, after.row))

const sameErrors = (a: RowErrors | undefined, b: RowErrors | undefined) => a === b || JSON.stringify(a) === JSON.stringify(b)

function sameValues(a: Values, b: Values): boolean {
  const names = Object.keys(a)
  return names.length === Object.keys(b).length && names.every((name) => Object.is(a[name], b[name]))
}

type CellProps = Props & { column: CompiledField; position: number; around: Values }

function Cell({ column, position, around, ...props }: CellProps) {
  const label = useLabel()
  const problems = props.errors?.[column.name]
  const { Input } = viewOf(column.effective)
  const writable = !column.computed && column.definition.readOnly !== true && Input !== undefined
  const className = [alignOf(column) === 'right' && 'fw-right', problems && 'fw-cell-bad', writable && props.live && 'fw-cell-live'].filter(Boolean).join(' ')
  const title = label(column.definition.label)
  return (
    <td className={className} data-label={title} style={{ minWidth: widthOf(column) }}>
      {writable && props.live ? <Edit {...props} column={column} around={around} title={title} /> : <Rest {...props} column={column} position={position} around={around} writable={writable} />}
      {problems && <div className="fw-cell-problem" id={`${props.id}-${props.index}-${column.name}-problem`}>{problems.join(' ')}</div>}
    </td>
  )
}

function Edit({ id, index, row, column, columns, commands, around, errors, title }: Omit<CellProps, 'position'> & { title: string }) {
  const Input = viewOf(column.effective).Input!
  const copied = useRef<Values>({})
  const bad = errors?.[column.name] !== undefined
  return (
    <Input
      id={`${id}-${index}-${column.name}`}
      field={column.effective}
      value={row[column.name]}
      record={around}
      onChange={(value) => commands.set(index, { [column.name]: value })}
      onPick={(_entity, picked) => commands.set(index, copyFrom(column.definition, columns, row, picked, copied.current))}
      label={`${title} ${index + 1}`}
      invalid={bad}
      {...(bad && { describedBy: `${id}-${index}-${column.name}-problem` })}
      cell
    />
  )
}

/** Text in place of an input: of what is computed, and of rows one is not working in. */
function Rest({ index, column, position, around, writable, readOnly, onActivate }: CellProps & { writable: boolean }) {
  const activate = writable && !readOnly ? { tabIndex: 0, onFocus: () => onActivate(index, position) } : {}
  return <div className="fw-cell-rest" {...activate}><Value field={column} record={around} /></div>
}

function Tools({ index, commands }: Props) {
  const t = useText()
  return (
    <td className="fw-lines-tools">
      <Tooltip title={t('lines.duplicate')}><Button type="text" size="small" icon={<CopyOutlined aria-hidden />} aria-label={t('lines.duplicateRow', { row: index + 1 })} onClick={() => commands.duplicate(index)} /></Tooltip>
      <Tooltip title={t('common.remove')}><Button type="text" size="small" icon={<DeleteOutlined aria-hidden />} aria-label={t('lines.removeRow', { row: index + 1 })} onClick={() => commands.remove(index)} /></Tooltip>
    </td>
  )
}
