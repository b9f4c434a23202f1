import { Alert, Button, Checkbox, Modal, Progress, Table, type TableColumnsType } from 'antd'
import { useState } from 'react'
import { ErrorAlert } from '../../../../runtime/app/components'
import { useMoment } from '../../../../runtime/app/format/moments'
import { useList } from '../../../../runtime/app/i18n'
import type { Flow } from '../../../../schemas/generated/types'
import type { Asked, Replayed } from '../../../api/studio-api'
import { useText } from '../../../i18n'
import { lastDays, PeriodPicker, type Days } from './PeriodPicker'
import { useNodeName } from './TrialRoute'
import { useReplay, type Replay } from './use-replay'
import './looks.css'

/** The draft against the past: who would have been asked, and the steps more or fewer. */
export function ReplayDialog({ flow, onClose }: { flow: Flow; onClose: () => void }) {
  const t = useText()
  const [days, setDays] = useState<Days>(() => lastDays(90))
  const { replay, error, busy, run, stop } = useReplay(flow)
  const close = () => { stop(); onClose() }
  return (
    <Modal open title={t('replay.title')} width={1100} onCancel={close} footer={null} destroyOnHidden>
      <p className="fw-muted">{t('replay.intro')}</p>
      <div className="st-insight-head">
        <PeriodPicker value={days} onChange={setDays} />
        {busy ? <Button onClick={stop}>{t('replay.stop')}</Button> : <Button type="primary" onClick={() => void run(days)}>{t('replay.run')}</Button>}
        {busy && replay && <Progress className="st-replay-progress" percent={Math.round((replay.items.length / Math.max(1, replay.total)) * 100)} format={() => t('replay.progress', { done: replay.items.length, total: replay.total })} />}
      </div>
      <ErrorAlert error={error} />
      {replay && <Outcome flow={flow} replay={replay} />}
    </Modal>
  )
}

const signed = (n: number) => (n > 0 ? `+${n}` : `${n}`)
const people = (asked: Asked) => asked.map((a) => `${a.node} ${a.people.toSorted().join()}`).join()
const changed = ({ was, would }: Replayed) => !would || would.stuck !== undefined || people(was.asked) !== people(would.asked)

function Outcome({ flow, replay: { items, totals, titles } }: { flow: Flow; replay: Replay }) {
  const t = useText()
  const [only, setOnly] = useState(true)
  const columns = useColumns(flow, titles)
  if (items.length === 0) return <Alert type="info" title={t('replay.none')} />
  const { instances, stepsBefore: before, stepsAfter: after, askedBefore, askedAfter, stuck } = totals
  return (
    <div aria-live="polite">
      <Alert type={after > before ? 'warning' : 'success'} title={t('replay.total', { instances, before, after, difference: signed(after - before), askedBefore, askedAfter })} {...(stuck > 0 && { description: t('replay.stuckCount', { count: stuck }) })} />
      <Checkbox className="st-replay-only" checked={only} onChange={(event) => setOnly(event.target.checked)}>{t('replay.onlyChanged')}</Checkbox>
      <Table<Replayed> size="small" rowKey="instance" columns={columns} dataSource={only ? items.filter(changed) : items} pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }} scroll={{ x: true }} />
    </div>
  )
}

function useColumns(flow: Flow, titles: Record<string, string>): TableColumnsType<Replayed> {
  const t = useText()
  const moment = useMoment()
  const nameOf = useNodeName(flow)
  const list = useList()
  const tell = (asked: Asked) => asked.map(({ node, people: ids }) => <div key={node}><span className="fw-muted">{nameOf(node)}:</span> {list(ids.map((id) => titles[id] ?? id))}</div>)
  const difference = ({ was, would }: Replayed) => (would ? would.asked.length - was.asked.length : 0)
  return [
    { title: t('replay.record'), render: (_, { title }) => title ?? <span className="fw-muted">{t('replay.hidden')}</span> },
    { title: t('replay.started'), render: (_, { startedAt }) => moment(startedAt) },
    { title: t('replay.was'), render: (_, { was }) => tell(was.asked) },
    { title: t('replay.would'), render: (_, { would }) => (would ? <>{tell(would.asked)}{would.stuck && <div className="fw-error">{t('replay.stuck', { reason: would.stuck.reason })}</div>}</> : t('replay.gone')) },
    { title: t('replay.difference'), align: 'right', render: (_, row) => (difference(row) === 0 ? t('replay.same') : signed(difference(row))), sorter: (a, b) => difference(a) - difference(b) },
  ]
}
