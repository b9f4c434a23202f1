import { Pagination } from 'antd'
import { useState } from 'react'
import { MergeButton } from '../merge/MergeButton'
import { FailedState, usePhone } from '../components'
import { PanelSkeleton } from '../components/PageSkeleton'
import { useRecords } from '../api/queries'
import { useText } from '../i18n'
import { allOf, toFilter } from './conditions'
import { columnsOf } from './fields'
import { NothingFound } from './NothingFound'
import type { ListViewProps } from './list-view'
import { RecordCards } from './RecordCards'
import { RecordTable } from './RecordTable'

/** Rows of one page, with the exact number of all. Old rows stay until new ones are there. */
export function TableView({ entity, rights, list }: ListViewProps) {
  const t = useText()
  const phone = usePhone()
  const [selected, setSelected] = useState<string[]>([])
  const page = useRecords(entity.name, {
    filter: allOf(list.view?.filter, toFilter(list.conditions), list.rotting), sort: list.sort, page: list.page, limit: list.size, q: list.q || undefined, count: 'exact',
  })
  if (page.error && !page.data) return <FailedState error={page.error} onRetry={() => void page.refetch()} />
  if (!page.data) return <PanelSkeleton />
  const columns = columnsOf(entity, list.view, rights)
  const { items, count = items.length } = page.data
  const chosen = items.filter(({ id }) => selected.includes(id))
  const selection = rights.update && rights.delete ? { selectedRowKeys: chosen.map((r) => r.id), onChange: (ids: React.Key[]) => setSelected(ids.map(String)) } : undefined
  const Rows = phone ? RecordCards : RecordTable
  return (
    <div className="fw-panel fw-list" aria-busy={page.isFetching}>
      {page.isPlaceholderData && <div className="fw-progress" />}
      {items.length > 0 ? <Rows entity={entity} columns={columns} items={items} rights={rights} list={list} selection={selection} /> : <NothingFound entity={entity} rights={rights} list={list} />}
      <footer className="fw-list-foot">
        <span className="fw-muted fw-number">{t('list.count', { count })}</span>
        <MergeButton entity={entity} records={chosen} onDone={() => setSelected([])} />
        <Pagination
          size="small" current={list.page} pageSize={list.size} total={count} showSizeChanger={!phone} pageSizeOptions={[20, 50, 100, 200]}
          hideOnSinglePage={count <= 20} onChange={(next, size) => list.change(size === list.size ? { page: next } : { size })}
        />
      </footer>
    </div>
  )
}
