import { useQuery } from '@tanstack/react-query'
import { listDuplicates } from '../api/records'
import type { DuplicateGroup } from '../api'
import type { CompiledEntity } from '../../engine/model'
import { EmptyState, FailedState, Page } from '../components'
import { PanelSkeleton } from '../components/PageSkeleton'
import { Ago } from '../format/Ago'
import { Link } from 'react-router'
import { useLabel, useList, useText } from '../i18n'
import { useEntity, useRights } from '../session'
import { useTitle } from '../titles/titles'
import { MergeButton } from './MergeButton'
import '../list/list.css'

/** Records that share what a warning rule compares, a group each, ready to be merged. */
export default function DuplicatesPage({ entity: name }: { entity: string }) {
  const t = useText()
  const label = useLabel()
  const entity = useEntity(name)!
  const groups = useQuery({ queryKey: ['records', name, 'duplicates'], queryFn: () => listDuplicates(name) })
  return (
    <Page title={t('duplicates.title', { entity: label(entity.definition.plural ?? entity.definition.label) })}>
      {groups.error && <FailedState error={groups.error} />}
      {groups.isPending && <PanelSkeleton />}
      {groups.data?.length === 0 && <EmptyState title={t('duplicates.none')} hint={t('duplicates.noneHint')} />}
      {groups.data?.map((group) => <Group key={`${group.fields.map((f) => f.name).join()} ${group.records[0]!.id}`} entity={entity} group={group} />)}
    </Page>
  )
}

function Group({ entity, group: { fields, records } }: { entity: CompiledEntity; group: DuplicateGroup }) {
  const t = useText()
  const label = useLabel()
  const list = useList()
  const rights = useRights(entity.name)
  return (
    <section className="fw-panel fw-duplicates">
      <div className="fw-bin-line"><h2 className="fw-grow">{t('duplicates.same', { fields: list(fields.map((f) => label(f.label))) })}</h2>{rights.update && rights.delete && <MergeButton entity={entity} records={records.slice(0, 5)} onDone={() => {}} />}</div>
      <ul className="fw-cards">{records.map((record) => <li key={record.id}><Line entity={entity.name} record={record} /></li>)}</ul>
    </section>
  )
}

function Line({ entity, record }: { entity: string; record: DuplicateGroup['records'][number] }) {
  const owner = useTitle(record.owner)
  return <div className="fw-card fw-bin-line"><Link className="fw-grow" to={`/${entity}/${record.id}`}>{record.title}</Link><span className="fw-muted">{owner}</span><Ago at={record.createdAt} /></div>
}
