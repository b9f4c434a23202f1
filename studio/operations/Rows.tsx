import { Table } from 'antd'
import type { ReactNode } from 'react'
import { usePhone } from '../../runtime/app/components'

export interface Column<T> { key: string; title: ReactNode; show: (row: T) => ReactNode }
interface Props<T> { columns: Column<T>[]; rows: T[]; footer?: () => ReactNode }

/** Rows as a table; on a phone what a row tells and offers stands one below the other. */
export function Rows<T extends { id: string }>({ columns, rows, footer }: Props<T>) {
  const phone = usePhone()
  const stacked = [{ key: 'all', render: (_: unknown, row: T) => <div className="st-operations-stack">{columns.map(({ key, show }) => <div key={key}>{show(row)}</div>)}</div> }]
  const beside = columns.map(({ key, title, show }) => ({ key, title, render: (_: unknown, row: T) => show(row) }))
  return <Table size="small" className="fw-panel st-operations" rowKey="id" showHeader={!phone} columns={phone ? stacked : beside} dataSource={rows} pagination={{ pageSize: 20, hideOnSinglePage: true }} {...(footer && { footer })} {...(!phone && { scroll: { x: 'max-content' as const } })} />
}
