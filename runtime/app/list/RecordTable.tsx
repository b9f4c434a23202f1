import { Table, type TableColumnsType, type TableProps } from 'antd'
import { useMemo, useRef } from 'react'
import { Link, useNavigate } from 'react-router'
import type { CompiledEntity } from '../../engine/model'
import type { EntityRights, RecordDoc } from '../api'
import { Value } from '../field-views/Value'
import { RottingMark } from '../stages/RottingMark'
import { viewOf } from '../field-views'
import { useLabel } from '../i18n'
import { isSortable, type ListColumn } from './fields'
import type { ListState } from './list-state'
import { rowActionWidth, RowActions, useRowActions } from './RowActions'
import { useHeight } from './use-height'

export interface RowsProps { entity: CompiledEntity; columns: ListColumn[]; items: RecordDoc[]; rights: EntityRights; list: ListState; /** Rows that can be chosen, to do something with several. */ selection?: TableProps<RecordDoc>['rowSelection'] }

export function RecordTable({ entity, columns, items, rights, list, selection }: RowsProps) {
  const go = useNavigate()
  const frame = useRef<HTMLDivElement>(null)
  const height = useHeight(frame)
  const tableColumns = useTableColumns(entity, columns, rights, list)
  const width = tableColumns.reduce((sum, column) => sum + Number(column.width ?? 0), 0)
  return (
    <div className="fw-list-rows" ref={frame}>
      <Table<RecordDoc>
        size="small"
        {...(selection && { rowSelection: { columnWidth: 40, fixed: true, ...selection } })}
        rowKey="id"
        columns={tableColumns}
        dataSource={items}
        pagination={false}
        virtual={items.length > 100}
        scroll={{ x: width, y: Math.max(160, height - 36) }}
        showSorterTooltip={false}
        onRow={({ id }) => ({ onClick: (event) => { if (isRowClick(event)) void go(`/${entity.name}/${id}`) } })}
        onChange={(_page, _filters, sorter, { action }) => { if (action === 'sort') list.change({ sort: sortOf([sorter].flat()[0]) ?? list.view?.sort ?? ['-createdAt'] }) }}
      />
    </div>
  )
}

/** A click on a row opens it, unless it was on something of its own or marks text. */
function isRowClick(event: React.MouseEvent): boolean {
  const own = (event.target as HTMLElement).closest('a, button, input, .ant-dropdown')
  return own === null && window.getSelection()?.isCollapsed !== false
}

function sortOf(sorter: { columnKey?: React.Key | undefined; order?: string | null | undefined } | undefined): string[] | undefined {
  return sorter?.order ? [`${sorter.order === 'descend' ? '-' : ''}${String(sorter.columnKey)}`] : undefined
}

function useTableColumns(entity: CompiledEntity, columns: ListColumn[], rights: EntityRights, list: ListState): TableColumnsType<RecordDoc> {
  const label = useLabel()
  const actions = useRowActions(entity, rights, list.view)
  const sortText = list.sort.join(',')
  return useMemo(() => {
    const fields = columns.map(({ field, width }) => ({
      key: field.name,
      title: label(field.definition.label),
      width,
      ellipsis: true,
      align: viewOf(field.effective).align ?? ('left' as const),
      sorter: isSortable(field, rights),
      sortOrder: orderOf(sortText.split(','), field.name),
      render: (_: unknown, record: RecordDoc) => <Cell entity={entity} column={{ field, width }} record={record} />,
    }))
    const tools = { key: '$actions', width: rowActionWidth(actions), fixed: 'end' as const, render: (_: unknown, record: RecordDoc) => <RowActions entity={entity} record={record} actions={actions} rights={rights} /> }
    return actions.length > 0 || rights.update ? [...fields, tools] : fields
  }, [entity, columns, rights, actions, sortText, label])
}

const orderOf = (sort: string[], field: string) => (sort[0] === field ? ('ascend' as const) : sort[0] === `-${field}` ? ('descend' as const) : null)

/** The field that names the record leads to it. */
function Cell({ entity, column: { field }, record }: { entity: CompiledEntity; column: ListColumn; record: RecordDoc }) {
  const value = <Value field={field} record={record} cell />
  return field.name === entity.definition.titleField ? <Link to={`/${entity.name}/${record.id}`} className="fw-title-link">{value} <RottingMark entity={entity} record={record} /></Link> : value
}
