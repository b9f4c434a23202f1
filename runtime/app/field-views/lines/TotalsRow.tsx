import type { CompiledField } from '../../../engine/model'
import type { Values } from '../../api/types'
import { useLabel, useText } from '../../i18n'
import { Value } from '../Value'
import { alignOf } from './columns'

interface Props { columns: CompiledField[]; totals: Map<string, CompiledField>; record: Values; tail?: React.ReactNode }

/** The record's roll-ups over the rows, under the columns they add up. */
export function TotalsRow({ columns, totals, record, tail }: Props) {
  const t = useText()
  const label = useLabel()
  if (!columns.some((column) => totals.has(column.name))) return null
  return (
    <tfoot>
      <tr>
        <td className="fw-lines-index" aria-label={t('lines.total')}>Σ</td>
        {columns.map((column) => {
          const total = totals.get(column.name)
          return (
            <td key={column.name} data-label={total && label(total.definition.label)} className={alignOf(column) === 'right' ? 'fw-right' : undefined}>
              {total && <Value field={total} record={record} />}
            </td>
          )
        })}
        {tail}
      </tr>
    </tfoot>
  )
}
