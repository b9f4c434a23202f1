import { useQuery } from '@tanstack/react-query'
import { Card, Select, Spin, Switch, Tag } from 'antd'
import { useSearchParams } from 'react-router'
import { isProblem } from '../../runtime/app/api'
import { EmptyState, FailedState } from '../../runtime/app/components'
import { useLabel, useLanguage } from '../../runtime/app/i18n'
import { fetchAccess, type EntityRights, type Holdings } from '../api/studio-api'
import { definitionsOf } from '../editor/documents'
import { useText } from '../i18n'
import { choiceText } from '../i18n/words'
import { useDocuments } from '../workspace/hooks'
import { usePeople } from '../workspace/use-people'
import { useDraftIds } from '../workspace/use-drafts'
import { useWorkspaceState } from '../workspace/WorkspaceProvider'
import { Rights, useEntity } from './Rights'
import { RoleChanges } from './RoleChanges'

/** Who sees what: a role or a person, entity by entity, as published or as drafted. Kept in the address. */
export default function AccessPage() {
  const t = useText()
  const roles = useRoles()
  const [params, setParams] = useSearchParams()
  const of = params.get('of') ?? (roles[0] ? `role:${roles[0].value}` : '')
  const drafts = params.has('drafts')
  const choose = (changes: Record<string, string | undefined>) => setParams(Object.fromEntries(Object.entries({ of, entity: params.get('entity') ?? undefined, drafts: drafts ? '1' : undefined, ...changes }).filter((e): e is [string, string] => e[1] !== undefined)), { replace: true })
  return (
    <div className="st-page st-narrow">
      <header className="st-page-head"><h1>{t('access.title')}</h1></header>
      <div className="st-access-tools st-card">
        <WhoSelect value={of} roles={roles} onChange={(next) => choose({ of: next })} />
        <EntitySelect value={params.get('entity') ?? undefined} onChange={(entity) => choose({ entity })} />
        {useDraftIds().length > 0 && <label><Switch size="small" checked={drafts} onChange={(on) => choose({ drafts: on ? '1' : undefined })} /> {t('access.drafts')}</label>}
      </div>
      {drafts && <RoleChanges />}
      {of !== '' && <Report of={of} entity={params.get('entity') ?? undefined} drafts={drafts} />}
    </div>
  )
}

function useRoles() {
  const read = useLabel()
  return definitionsOf(useDocuments()).filter((d) => d.kind === 'role').map((d) => ({ value: d.name, label: read(d.label) }))
}

function WhoSelect({ value, roles, onChange }: { value: string; roles: { value: string; label: string }[]; onChange: (of: string) => void }) {
  const t = useText()
  const people = usePeople()
  const options = [
    { label: t('access.roles'), options: roles.map((r) => ({ value: `role:${r.value}`, label: r.label })) },
    { label: t('access.persons'), options: people.map((p) => ({ value: `person:${p.username}`, label: `${p.name} (${p.username})` })) },
  ]
  return <Select showSearch={{ optionFilterProp: 'label' }} aria-label={t('access.who')} value={value || undefined} options={options} onChange={onChange} />
}

function EntitySelect({ value, onChange }: { value: string | undefined; onChange: (entity: string | undefined) => void }) {
  const t = useText()
  const read = useLabel()
  const options = definitionsOf(useDocuments()).filter((d) => d.kind === 'entity').map((d) => ({ value: d.name, label: read(d.label) }))
  return <Select allowClear showSearch={{ optionFilterProp: 'label' }} aria-label={t('access.entity')} placeholder={t('access.allEntities')} value={value} options={options} onChange={onChange} />
}

function Report({ of, entity, drafts }: { of: string; entity: string | undefined; drafts: boolean }) {
  const t = useText()
  const saved = useWorkspaceState((s) => s.saving.kind === 'saved')
  const version = useWorkspaceState((s) => s.drafts)
  const [kind, name] = of.split(/:(.*)/s) as ['role' | 'person', string]
  const report = useQuery({ queryKey: ['studio-access', of, entity, drafts, drafts && version], queryFn: () => fetchAccess({ [kind]: name, entity, ...(drafts && { drafts: 'true' }) }), enabled: saved || !drafts, staleTime: 0, retry: false })
  if (drafts && isProblem(report.error, 422)) return <EmptyState title={t('access.faulty')} hint={t('access.faultyHint')} />
  if (report.error) return <FailedState error={report.error} onRetry={() => void report.refetch()} />
  if (!report.data) return <div className="st-loading"><Spin /></div>
  return report.data.entities.length === 0 ? <EmptyState title={t('access.none')} hint={t('access.noneHint')} /> : <Found holdings={report.data} />
}

function Found({ holdings: { capabilities, entities } }: { holdings: Holdings }) {
  const t = useText()
  const language = useLanguage()
  return (
    <>
      {capabilities.length > 0 && <p className="st-capabilities">{t('access.capabilities')} {capabilities.map((c) => <Tag key={c}>{choiceText('capabilities', c, language)}</Tag>)}</p>}
      {entities.map((e) => <OneEntity key={e.entity} of={e} />)}
    </>
  )
}

function OneEntity({ of: { entity, rights, records } }: { of: EntityRights & Pick<Holdings['entities'][number], 'records'> }) {
  const t = useText()
  const read = useLabel()
  const seen = records && <span className="fw-muted">{records.visible === null ? t('access.unknown') : t('access.seen', records as { visible: number; all: number })}</span>
  return <Card size="small" className="st-card" title={read(useEntity(entity)?.definition.label) || entity} extra={seen}><Rights entity={entity} rights={rights} /></Card>
}
