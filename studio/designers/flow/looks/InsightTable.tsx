import { Alert, Table, Tag, type TableColumnsType } from 'antd'
import { ErrorAlert } from '../../../../runtime/app/components'
import { useMoment } from '../../../../runtime/app/format/moments'
import type { Flow } from '../../../../schemas/generated/types'
import type { Decided, FlowInsight } from '../../../api/studio-api'
import { useText } from '../../../i18n'
import { neverRejected, useSpan } from './insight'
import { PeriodPicker, type Days } from './PeriodPicker'
import { useNodeName } from './TrialRoute'
import './looks.css'

interface Props { flow: Flow; days: Days; onDays: (days: Days) => void; insight: FlowInsight | undefined; error: unknown; loading: boolean }
interface Row extends Decided { key: string; name: string; instances?: number; node?: string; children?: Row[] }

/** Each step in numbers; it opens to its versions and to the people. */
export function InsightTable({ flow, days, onDays, insight, error, loading }: Props) {
  const t = useText()
  const rows = useRows(flow, insight)
  const columns = useColumns(insight)
  return (
    <section className="st-insight" aria-label={t('insight.table')}>
      <header className="st-insight-head">
        <PeriodPicker value={days} onChange={onDays} />
        <span className="fw-muted">{t('insight.intro')}</span>
        {insight && insight.tasks.read < insight.tasks.all && <Alert type="info" title={t('insight.newest', insight.tasks)} />}
      </header>
      <ErrorAlert error={error} />
      <Table<Row> size="small" rowKey="key" columns={columns} dataSource={rows} pagination={false} loading={loading} scroll={{ x: 'max-content', y: 190 }} locale={{ emptyText: t('insight.none') }} />
    </section>
  )
}

function useRows(flow: Flow, insight: FlowInsight | undefined): Row[] {
  const t = useText()
  const nameOf = useNodeName(flow)
  const place = (node: string) => flow.nodes.findIndex((n) => n.id === node) >>> 0
  return (insight?.nodes ?? []).toSorted((a, b) => place(a.node) - place(b.node)).map(({ versions, people, ...node }) => ({
    ...node, key: node.node, name: nameOf(node.node),
    children: [
      ...versions.map((v): Row => ({ ...v, key: `${node.node} v${v.version}`, name: t('insight.version', { version: v.version }) })),
      ...people.map((p): Row => ({ ...p, key: `${node.node} ${p.person}`, name: insight!.titles[p.person] ?? p.person })),
    ],
  }))
}

function useColumns(insight: FlowInsight | undefined): TableColumnsType<Row> {
  const t = useText()
  const span = useSpan()
  const moment = useMoment()
  const number = (title: string, value: (row: Row) => React.ReactNode, by: (row: Row) => number) => ({ title, align: 'right' as const, render: (_: unknown, row: Row) => value(row), sorter: (a: Row, b: Row) => by(a) - by(b) })
  const share = (count: number, { decisions }: Row) => (count > 0 && decisions > 0 ? `${count} (${Math.round((count / decisions) * 100)}%)` : count || '')
  const time = (title: string, of: (row: Row) => number | undefined) => number(title, (row) => { const ms = of(row); return ms === undefined ? '' : span(ms) }, (row) => of(row) ?? -1)
  const waiting = (node: string | undefined) => insight?.open.find((o) => o.node === node)
  return [
    { title: t('insight.node'), render: (_, row) => <>{row.name} {row.node !== undefined && neverRejected(row) && <Tag color="gold">{t('insight.never', { count: row.decisions })}</Tag>}</> },
    number(t('insight.instances'), (r) => r.instances ?? '', (r) => r.instances ?? 0),
    number(t('insight.decisions'), (r) => r.decisions, (r) => r.decisions),
    time(t('insight.median'), (r) => r.turnaround?.median),
    time(t('insight.p90'), (r) => r.turnaround?.p90),
    time(t('insight.work'), (r) => r.turnaround?.medianWork),
    number(t('insight.rejected'), (r) => share(r.rejected, r), (r) => r.rejected),
    number(t('insight.returned'), (r) => share(r.returned, r), (r) => r.returned),
    number(t('insight.overdue'), (r) => r.overdue || '', (r) => r.overdue),
    { title: t('insight.open'), render: (_, { node }) => { const open = waiting(node); return open && t('insight.since', { count: open.count, date: moment(open.since) }) } },
  ]
}
