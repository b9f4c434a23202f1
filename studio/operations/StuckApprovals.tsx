import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Skeleton } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { EmptyState, FailedState } from '../../runtime/app/components'
import { useLabel } from '../../runtime/app/i18n'
import { fetchStuck, type Repair, type StuckApproval } from '../api/studio-api'
import { useText } from '../i18n'
import { RepairDialog } from './RepairDialog'
import { Rows, type Column } from './Rows'

const repairs: readonly Repair[] = ['retry', 'reassign', 'jump', 'terminate']
/** What there must be for it. */
const possible: Partial<Record<Repair, (approval: StuckApproval) => boolean>> = { retry: (a) => a.tokens.some((t) => t.incident !== undefined), reassign: (a) => a.tasks.length > 0, jump: (a) => a.tokens.length > 0 }

/** Approvals that cannot go on by themselves, why, and what can be done about each. */
export function StuckApprovals() {
  const t = useText()
  const client = useQueryClient()
  const stuck = useQuery({ queryKey: ['studio-stuck'], queryFn: fetchStuck, staleTime: 0 })
  const [chosen, setChosen] = useState<{ approval: StuckApproval; how: Repair }>()
  const columns = useColumns(stuck.data?.titles ?? {}, (approval, how) => setChosen({ approval, how }))
  if (stuck.error) return <FailedState error={stuck.error} onRetry={() => void stuck.refetch()} />
  if (stuck.isPending) return <Skeleton active />
  return (
    <>
      {stuck.data.items.length === 0
        ? <EmptyState title={t('operations.noneStuck')} hint={t('operations.noneStuckHint')} />
        : <Rows columns={columns} rows={stuck.data.items} />}
      {chosen && <RepairDialog key={chosen.approval.id + chosen.how} {...chosen} titles={stuck.data.titles} onClose={() => { setChosen(undefined); void client.invalidateQueries({ queryKey: ['studio-stuck'] }) }} />}
    </>
  )
}

function useColumns(titles: Record<string, string>, choose: (approval: StuckApproval, how: Repair) => void): Column<StuckApproval>[] {
  const t = useText()
  const read = useLabel()
  return [
    { key: 'what', title: t('operations.approval'), show: (a) => <><div>{read(a.label)}</div><a href={`/${a.entity}/${a.record}`}>{a.title || a.record}</a></> },
    { key: 'why', title: t('operations.why'), show: (a) => <div className="st-operations-why">{a.faults.map((fault) => <div key={fault}>{fault}</div>)}<div className="fw-muted">{a.tokens.map(({ node }) => nodeName(a, node, read)).join(', ')}</div></div> },
    { key: 'who', title: t('operations.submitted'), show: (a) => <span className="fw-muted">{titles[a.initiator] ?? ''} · {dayjs(a.startedAt).format('YYYY-MM-DD HH:mm')}</span> },
    { key: 'do', title: <span className="fw-hidden">{t('operations.repair')}</span>, show: (a) => <span className="st-actions">{repairs.filter((how) => possible[how]?.(a) ?? true).map((how) => <Button key={how} size="small" danger={how === 'terminate'} onClick={() => choose(a, how)}>{t(`operations.${how}`)}</Button>)}</span> },
  ]
}

export const nodeName = ({ nodes }: Pick<StuckApproval, 'nodes'>, id: string, read: ReturnType<typeof useLabel>) => read(nodes.find((n) => n.id === id)?.label) || id
