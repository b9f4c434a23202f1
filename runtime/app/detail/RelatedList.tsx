import { PlusOutlined } from '@ant-design/icons'
import { Button, Skeleton, Table } from 'antd'
import { Link, useLocation, useNavigate } from 'react-router'
import type { Filter, RelatedList as Definition } from '../../../schemas/generated/types'
import type { CompiledEntity, CompiledField } from '../../engine/model'
import type { RecordDoc } from '../api'
import { useRecords } from '../api/queries'
import { FailedState, usePhone } from '../components'
import { viewOf } from '../field-views'
import { Value } from '../field-views/Value'
import { useLabel, useText } from '../i18n'
import { where } from '../list/conditions'
import { RecordCards } from '../list/RecordCards'
import { RowActions, rowActionWidth, useRowActions } from '../list/RowActions'
import { canSee, useCatalog, useEntity, useRights } from '../session'

/** Rows shown before one goes to the list. */
const most = 10

interface Props { list: Definition; record: RecordDoc }

/** Records of another entity that belong to this one. */
export function RelatedList({ list, record }: Props) {
  const t = useText()
  const label = useLabel()
  const filter = linkTo(list, record)
  const page = useRecords(list.related, { ...(filter && { filter }), sort: list.sort ?? [], limit: most, count: 'exact' }, filter !== undefined)
  const count = filter ? (page.data?.count ?? 0) : 0
  return (
    <div className="fw-cell fw-span-3 fw-related">
      <div className="fw-related-head">
        <h3>{label(list.label)}</h3>
        <span className="fw-muted fw-number">{filter && !page.data ? '' : count}</span>
        <span className="fw-grow" />
        {filter && count > most && <Link to={`/${list.related}?filter=${encodeURIComponent(JSON.stringify([filter]))}`}>{t('common.showAll')}</Link>}
        <AddButton list={list} record={record} />
      </div>
      {page.error && <FailedState error={page.error} />}
      {filter && page.isPending && <Skeleton active title={false} paragraph={{ rows: 2 }} />}
      {count > 0 && <Rows list={list} items={page.data?.items ?? []} />}
      {!page.error && count === 0 && !(filter && page.isPending) && <p className="fw-related-empty">{t('related.empty')}</p>}
    </div>
  )
}

/** Undefined when there is nothing they could belong to yet. */
function linkTo({ via, match }: Definition, record: RecordDoc): Filter | undefined {
  if (via) return where(via, 'eq', record.id)
  const values = match ? [record[match.in] ?? []].flat() : []
  return match && values.length > 0 ? where(match.field, 'in', values) : undefined
}

function Rows({ list, items }: { list: Definition; items: RecordDoc[] }) {
  const go = useNavigate()
  const phone = usePhone()
  const entity = useEntity(list.related)!
  const columns = useColumns(list)
  const tableColumns = useTableColumns(entity, columns)
  if (phone) return <RecordCards entity={entity} columns={columns.map((field) => ({ field, width: 0 }))} items={items} />
  return (
    <Table<RecordDoc>
      size="small" rowKey="id" pagination={false} columns={tableColumns} dataSource={items} scroll={{ x: 'max-content' }}
      onRow={({ id }) => ({ className: 'fw-clickable', onClick: (event) => { if (!(event.target as HTMLElement).closest('a, button')) void go(`/${entity.name}/${id}`) } })}
    />
  )
}

function useColumns({ related, columns }: Definition): CompiledField[] {
  const { fields } = useEntity(related)!
  const rights = useRights(related)
  return columns.flatMap((name) => fields.get(name) ?? []).filter((field) => canSee(field, rights))
}

/** With the row actions of the entity's first view: what can be done in its list can be done here. */
function useTableColumns(entity: CompiledEntity, columns: CompiledField[]) {
  const label = useLabel()
  const rights = useRights(entity.name)
  const actions = useRowActions(entity, rights, useCatalog().views.get(entity.name)?.[0])
  const fields = columns.map((field) => ({
    key: field.name,
    title: label(field.definition.label),
    align: viewOf(field.effective).align ?? ('left' as const),
    onCell: () => ({ className: 'fw-nowrap' }),
    render: (_: unknown, record: RecordDoc) => <RelatedCell entity={entity} field={field} record={record} />,
  }))
  const tools = { key: '$actions', width: rowActionWidth(actions), render: (_: unknown, record: RecordDoc) => <RowActions entity={entity} record={record} actions={actions} rights={{ ...rights, update: false }} /> }
  return actions.length > 0 ? [...fields, tools] : fields
}

function RelatedCell({ entity, field, record }: { entity: CompiledEntity; field: CompiledField; record: RecordDoc }) {
  const value = <Value field={field} record={record} cell />
  const leads = [entity.definition.titleField, entity.definition.subtitleField].includes(field.name)
  return leads ? <Link to={`/${entity.name}/${record.id}`}>{value}</Link> : <span className="fw-related-value fw-ellipsis">{value}</span>
}

/** A new one starts with the link, and comes back here. */
function AddButton({ list, record }: Props) {
  const t = useText()
  const go = useNavigate()
  const { pathname } = useLocation()
  const rights = useRights(list.related)
  if (!list.via || list.create === false || !rights.create) return null
  const add = () => void go(`/${list.related}/new?${list.via}=${record.id}`, { state: { back: pathname } })
  return <Button size="small" type="text" icon={<PlusOutlined aria-hidden />} onClick={add}>{t('common.add')}</Button>
}
