import { useQuery } from '@tanstack/react-query'
import { Button, Skeleton } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import type { Repair } from '../../runtime/app/api/flows'
import RepairDialog from '../../runtime/app/approvals/RepairDialog'
import { nodeName, repairsOf } from '../../runtime/app/approvals/repairs'
import { EmptyState, FailedState } from '../../runtime/app/components'
import { useLabel, useText as useAppText } from '../../runtime/app/i18n'
import { useTitles } from '../../runtime/app/titles/titles'
import { fetchStuck, type StuckApproval } from '../api/studio-api'
import { useText } from '../i18n'
import { Rows, type Column } from './Rows'

/** Approvals that cannot go on by themselves, why, and what can be done about each. */
export function StuckApprovals() {
  const t = useText()
  const stuck = useQuery({ queryKey: ['tasks', 'studio-stuck'], queryFn: fetchStuck, staleTime: 0 })
  const [chosen, setChosen] = useState<{ approval: StuckApproval; how: Repair }>()
  const columns = useColumns((approval, how) => setChosen({ approval, how }))
  if (stuck.error) return <FailedState error={stuck.error} onRetry={() => void stuck.refetch()} />
  if (stuck.isPending) return <Skeleton active />
  return (
    <>
      {stuck.data.length === 0
        ? <EmptyState title={t('operations.noneStuck')} hint={t('operations.noneStuckHint')} />
        : <Rows columns={columns} rows={stuck.data} />}
      {chosen && <RepairDialog key={chosen.approval.id + chosen.how} {...chosen} onClose={() => setChosen(undefined)} />}
    </>
  )
}

function useColumns(choose: (approval: StuckApproval, how: Repair) => void): Column<StuckApproval>[] {
  const t = useText()
  const said = useAppText()
  const read = useLabel()
  const titles = useTitles()
  return [
    { key: 'what', title: t('operations.approval'), show: (a) => <><div>{read(a.label)}</div><a href={`/${a.entity}/${a.record}`}>{a.title || a.record}</a></> },
    { key: 'why', title: t('operations.why'), show: (a) => <div className="st-operations-why">{a.faults.map((fault) => <div key={fault}>{fault}</div>)}<div className="fw-muted">{a.tokens.map(({ node }) => nodeName(a.nodes, node, read)).join(', ')}</div></div> },
    { key: 'who', title: t('operations.submitted'), show: (a) => <span className="fw-muted">{titles(a.initiator) ?? ''} · {dayjs(a.startedAt).format('YYYY-MM-DD HH:mm')}</span> },
    { key: 'do', title: <span className="fw-hidden">{said('repair.title')}</span>, show: (a) => <span className="st-actions">{repairsOf(a).map((how) => <Button key={how} size="small" danger={how === 'terminate'} onClick={() => choose(a, how)}>{said(`repair.${how}`)}</Button>)}</span> },
  ]
}
