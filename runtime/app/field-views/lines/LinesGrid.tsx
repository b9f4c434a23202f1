import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useRef } from 'react'
import type { LinesField } from '../../../../schemas/generated/types'
import { useText } from '../../i18n'
import type { InputProps } from '../field-view'
import { useColumns, useTotals, type Row } from './columns'
import { moveOnKey } from './grid-keys'
import { HeadRow } from './LinesTable'
import { LineRow } from './LineRow'
import { newRow, useRowCommands } from './row-commands'
import { TotalsRow } from './TotalsRow'
import { useNamed } from './use-named'
import { useLiveRows } from './use-live-rows'
import './lines.css'

const noRows: Row[] = []

/** The rows to edit: Enter and the arrows go up and down, Enter in the last row adds one. */
export function LinesGrid(props: InputProps<LinesField>) {
  const { field, value, id, label, readOnly = false, record = {}, errors } = props
  const t = useText()
  const columns = useColumns(field)
  const totals = useTotals(field)
  const rows = (value as Row[] | null) ?? noRows
  const table = useRef<HTMLTableElement>(null)
  const commands = useRowCommands(rows, props.onChange, columns)
  const named = useNamed(record)
  const live = useLiveRows(rows.length, table)
  const add = () => { commands.add(newRow(columns)); live.focus(rows.length, 0) }
  const full = rows.length >= (field.maxRows ?? 200)
  return (
    <div className="fw-lines-edit" id={id} role="group" aria-label={label}>
      <div className="fw-lines-scroll">
        <table className="fw-lines fw-lines-grid" ref={table} onKeyDown={(event) => moveOnKey(event, readOnly || full ? undefined : add)}>
          <HeadRow columns={columns} edited={!readOnly} tail={!readOnly && <th aria-label={t('common.actions')} className="fw-lines-tools" />} />
          <tbody>
            {rows.map((row, i) => (
              <LineRow key={row.id ?? i} id={id} index={i} row={row} columns={columns} commands={commands} record={named} readOnly={readOnly} errors={errors?.[i]} live={!readOnly && live.isLive(i)} onActivate={live.focus} />
            ))}
          </tbody>
          <TotalsRow columns={columns} totals={totals} record={record} tail={!readOnly && <td />} />
        </table>
      </div>
      {!readOnly && <Button type="dashed" size="small" icon={<PlusOutlined aria-hidden />} onClick={add} disabled={full}>{t('lines.add')}</Button>}
    </div>
  )
}
