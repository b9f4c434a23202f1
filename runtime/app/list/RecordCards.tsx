import { Link } from 'react-router'
import type { CompiledEntity } from '../../engine/model'
import type { RecordDoc } from '../api'
import { Value } from '../field-views/Value'
import { useLabel } from '../i18n'
import { RottingMark } from '../stages/RottingMark'
import type { ListColumn } from './fields'
import type { RowsProps } from './RecordTable'

/** Values shown on a card besides the title. */
const most = 6

/** The rows of a list on a phone. */
export function RecordCards({ entity, columns, items }: Pick<RowsProps, 'entity' | 'columns' | 'items'>) {
  return <ul className="fw-cards">{items.map((record) => <li key={record.id}><Card entity={entity} columns={columns} record={record} /></li>)}</ul>
}

function Card({ entity, columns, record }: { entity: CompiledEntity; columns: ListColumn[]; record: RecordDoc }) {
  const label = useLabel()
  const title = entity.definition.titleField
  const named = columns.filter(({ field }) => field.name !== title && !isBlank(record[field.name])).slice(0, most)
  return (
    <div className="fw-card">
      <Link className="fw-card-title" to={`/${entity.name}/${record.id}`}><Value field={entity.fields.get(title)!} record={record} cell /> <RottingMark entity={entity} record={record} /></Link>
      <dl>
        {named.map(({ field }) => (
          <div key={field.name}><dt>{label(field.definition.label)}</dt><dd><Value field={field} record={record} cell /></dd></div>
        ))}
      </dl>
    </div>
  )
}

const isBlank = (value: unknown) => value === null || value === undefined || (Array.isArray(value) && value.length === 0)
