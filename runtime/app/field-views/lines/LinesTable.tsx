import type { LinesField } from '../../../../schemas/generated/types'
import { useLabel, useLanguage } from '../../i18n'
import { fieldTypeOf } from '../../../../schemas/field-types'
import type { CompiledField } from '../../../engine/model'
import type { ShowProps } from '../field-view'
import { Value } from '../Value'
import { alignOf, widthOf, useColumns, useTotals, type Row } from './columns'
import { TotalsRow } from './TotalsRow'
import './lines.css'

/** The rows to read. In a list cell only their number. */
export function LinesTable({ field, value, record, cell }: ShowProps<LinesField>) {
  const columns = useColumns(field)
  const totals = useTotals(field)
  const language = useLanguage()
  const rows = (value as Row[] | null) ?? []
  if (cell) return <>{fieldTypeOf(field).format(rows, field, { language })}</>
  if (rows.length === 0) return null
  return (
    <div className="fw-lines-scroll">
      <table className="fw-lines">
        <HeadRow columns={columns} />
        <tbody>{rows.map((row, i) => <ReadRow key={row.id ?? i} index={i} row={row} columns={columns} record={record} />)}</tbody>
        <TotalsRow columns={columns} totals={totals} record={record} />
      </table>
    </div>
  )
}

/** `edited`: shows what must be filled. */
export function HeadRow({ columns, edited, tail }: { columns: CompiledField[]; edited?: boolean; tail?: React.ReactNode }) {
  const label = useLabel()
  return (
    <thead>
      <tr>
        <th scope="col" className="fw-lines-index">#</th>
        {columns.map((column) => (
          <th key={column.name} scope="col" {...(edited && { style: { minWidth: widthOf(column) } })} className={alignOf(column) === 'right' ? 'fw-right' : undefined}>
            {label(column.definition.label)}
            {edited && column.definition.required && <span className="fw-required" aria-hidden> *</span>}
          </th>
        ))}
        {tail}
      </tr>
    </thead>
  )
}

function ReadRow({ index, row, columns, record }: { index: number; row: Row; columns: CompiledField[]; record: ShowProps['record'] }) {
  const label = useLabel()
  return (
    <tr>
      <td className="fw-lines-index fw-muted">{index + 1}</td>
      {columns.map((column) => (
        <td key={column.name} data-label={label(column.definition.label)} className={alignOf(column) === 'right' ? 'fw-right' : undefined}>
          <Value field={column} record={{ ...record, ...row }} />
        </td>
      ))}
    </tr>
  )
}
