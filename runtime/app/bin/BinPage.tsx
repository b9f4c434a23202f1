import { useQuery } from '@tanstack/react-query'
import { App, Button, Space } from 'antd'
import { useState } from 'react'
import type { CompiledEntity } from '../../engine/model'
import type { BinItem } from '../api'
import { listBin, purgeRecord, restoreRecord } from '../api/records'
import { useAfterWrite } from '../api/queries'
import { EmptyState, FailedState, Page, useDescribe } from '../components'
import { PanelSkeleton } from '../components/PageSkeleton'
import { RecordLink } from '../field-views/RecordLink'
import { Ago } from '../format/Ago'
import { useMoment } from '../format/moments'
import { useLabel, useText } from '../i18n'
import { useThings } from '../merge/use-things'
import { useUnmerge } from '../merge/use-merge'
import { useEntity, useMe } from '../session'
import { useTitle } from '../titles/titles'
import '../list/list.css'

/** Deleted records of an entity: who deleted them, what went with them; bring them back or remove them for good. */
export default function BinPage({ entity: name }: { entity: string }) {
  const t = useText()
  const label = useLabel()
  const entity = useEntity(name)!
  const [cursors, setCursors] = useState<(string | undefined)[]>([undefined])
  const page = useQuery({ queryKey: ['records', name, 'bin', cursors.at(-1)], queryFn: () => listBin(name, cursors.at(-1)) })
  const { items = [], nextCursor } = page.data ?? {}
  return (
    <Page title={t('bin.title', { entity: label(entity.definition.plural ?? entity.definition.label) })}>
      {page.error && <FailedState error={page.error} />}
      {page.isPending && <PanelSkeleton />}
      {page.data && items.length === 0 && <EmptyState title={t('bin.empty')} hint={t('bin.emptyHint')} />}
      {items.length > 0 && <div className="fw-panel"><ul className="fw-cards">{items.map((item) => <li key={item.id}><Line entity={entity} item={item} /></li>)}</ul></div>}
      {nextCursor && <Button onClick={() => setCursors([...cursors, nextCursor])}>{t('bin.more')}</Button>}
    </Page>
  )
}

function Line({ entity, item }: { entity: CompiledEntity; item: BinItem }) {
  const t = useText()
  const moment = useMoment()
  const things = useThings()
  const who = useTitle(item.deletedBy) ?? t('timeline.system')
  return (
    <div className="fw-card fw-bin-line">
      <div className="fw-grow">
        <b>{item.title || '—'}</b>
        <div className="fw-muted">{t('bin.deletedBy', { who })} · <Ago at={item.deletedAt} /> · {t('bin.until', { at: moment(item.until) })}</div>
        {item.with.length > 0 && <div className="fw-muted">{t('bin.with', { things: things(item.with) })}</div>}
        {item.parent && <div className="fw-muted">{t('bin.withParent')}</div>}
        {item.mergedInto && <div className="fw-muted">{t('bin.mergedInto')} <RecordLink entity={entity.name} id={item.mergedInto} /></div>}
      </div>
      <Ways entity={entity} item={item} />
    </div>
  )
}

/** What was merged comes back by undoing the merge, what went with its parent by restoring that. */
function Ways({ entity, item }: { entity: CompiledEntity; item: BinItem }) {
  const t = useText()
  const { message, modal } = App.useApp()
  const describe = useDescribe()
  const refresh = useAfterWrite()
  const unmerge = useUnmerge(entity)
  const { capabilities } = useMe()
  const run = (work: Promise<unknown>, told?: string) => void work.then(() => { void refresh(); if (told) void message.success(told) }, (error: unknown) => void message.error(describe(error)))
  const purge = async () => {
    if (await modal.confirm({ title: t('bin.purgeAsk', { title: item.title }), okText: t('bin.purge'), okButtonProps: { danger: true } })) run(purgeRecord(entity.name, item.id))
  }
  return (
    <Space wrap>
      {item.mergedInto && <Button size="small" onClick={() => unmerge(item.mergedInto!)}>{t('merge.undo')}</Button>}
      {!item.mergedInto && !item.parent && <Button size="small" onClick={() => run(restoreRecord(entity.name, item.id), t('bin.restored', { title: item.title }))}>{t('bin.restore')}</Button>}
      {capabilities.includes('purge') && <Button size="small" danger onClick={() => void purge()}>{t('bin.purge')}</Button>}
    </Space>
  )
}
