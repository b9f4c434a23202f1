import { useQuery } from '@tanstack/react-query'
import { App, Button, Segmented, Skeleton } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { EmptyState, FailedState, useDescribe } from '../../runtime/app/components'
import { fetchOutbox, replayDelivery, type Delivery, type DeliveryStatus } from '../api/studio-api'
import { useText } from '../i18n'
import { Rows, type Column } from './Rows'

const statuses: readonly DeliveryStatus[] = ['dead', 'waiting', 'done']

/** What the world outside is told: given up, on its way, told; what was given up can be sent again. */
export function Deliveries() {
  const t = useText()
  const [status, setStatus] = useState<DeliveryStatus>('dead')
  const outbox = useQuery({ queryKey: ['studio-outbox', status], queryFn: () => fetchOutbox(status), staleTime: 0 })
  const columns = useColumns(status, () => void outbox.refetch())
  return (
    <>
      <div className="st-home-filter"><Segmented aria-label={t('operations.deliveries')} value={status} onChange={setStatus} options={statuses.map((value) => ({ value, label: t(`operations.${value}`) }))} /></div>
      {outbox.error && <FailedState error={outbox.error} onRetry={() => void outbox.refetch()} />}
      {outbox.isPending && <Skeleton active />}
      {outbox.data?.items.length === 0 && <EmptyState title={t('operations.noDeliveries')} />}
      {outbox.data && outbox.data.items.length > 0 && <Rows columns={columns} rows={outbox.data.items} footer={() => t('operations.count', { shown: outbox.data.items.length, count: outbox.data.count })} />}
    </>
  )
}

const moment = (at: string | null) => (at === null ? '' : dayjs(at).format('YYYY-MM-DD HH:mm'))

function useColumns(status: DeliveryStatus, refresh: () => void): Column<Delivery>[] {
  const t = useText()
  return [
    { key: 'to', title: t('operations.receiver'), show: (d) => <div className="st-operations-why"><div>{d.to ?? d.kind}</div><code className="fw-muted">{d.id}</code></div> },
    { key: 'error', title: t('operations.lastError'), show: (d) => <div className="st-operations-why">{d.lastError}</div> },
    { key: 'attempts', title: t('operations.attempts'), show: (d) => <span title={t('operations.attempts')}>{d.attempts} ×</span> },
    { key: 'at', title: t(status === 'waiting' ? 'operations.next' : 'operations.settled'), show: (d) => moment(status === 'waiting' ? d.nextTry : d.doneAt) },
    ...(status === 'dead' ? [{ key: 'do', title: <span className="fw-hidden">{t('operations.replay')}</span>, show: (d: Delivery) => <Replay id={d.id} onDone={refresh} /> }] : []),
  ]
}

function Replay({ id, onDone }: { id: string; onDone: () => void }) {
  const t = useText()
  const describe = useDescribe()
  const { message } = App.useApp()
  const [busy, setBusy] = useState(false)
  const run = async () => {
    setBusy(true)
    try {
      await replayDelivery(id)
      void message.success(t('operations.replayed'))
    } catch (error) {
      void message.error(describe(error))
    } finally {
      setBusy(false)
      onDone()
    }
  }
  return <Button size="small" loading={busy} onClick={() => void run()}>{t('operations.replay')}</Button>
}
