import { useQuery } from '@tanstack/react-query'
import { Card, Tag } from 'antd'
import { useLabel, useLanguage } from '../../runtime/app/i18n'
import { fetchDraftAccess, type Extent, type FieldAccess, type LostRecords, type RightChange, type RoleChange } from '../api/studio-api'
import { useText } from '../i18n'
import { choiceText } from '../i18n/words'
import { useWorkspaceState } from '../workspace/WorkspaceProvider'
import { Extents, useRightName } from './Rights'
import './access.css'

/** What the drafts give to and take from each role, and how many records its people would no longer see. Nothing while no role is concerned. */
export function RoleChanges() {
  const t = useText()
  const saved = useWorkspaceState((s) => s.saving.kind === 'saved')
  const drafts = useWorkspaceState((s) => s.drafts)
  const changes = useQuery({ queryKey: ['studio-draft-access', drafts], queryFn: fetchDraftAccess, enabled: saved, gcTime: 0, retry: false })
  if (!changes.data || changes.data.length === 0) return null
  return <Card className="st-card" title={t('access.changes')}>{changes.data.map((role) => <OneRole key={role.role} change={role} />)}</Card>
}

function OneRole({ change: { label, people, capabilities, entities } }: { change: RoleChange }) {
  const t = useText()
  const read = useLabel()
  const language = useLanguage()
  const capability = (name: string, effect: 'gained' | 'lost') => <li key={name}><Effect effect={effect} /> {choiceText('capabilities', name, language)}</li>
  return (
    <section className="st-role-change">
      <h3>{read(label)} <span className="fw-muted">{t('access.people', { count: people })}</span></h3>
      <ul className="st-extents">
        {capabilities.gained.map((name) => capability(name, 'gained'))}
        {capabilities.lost.map((name) => capability(name, 'lost'))}
        {entities.map((e) => <li key={e.entity}><strong>{read(e.label)}</strong><ul className="st-extents">{e.changes.map((c) => <OneRight key={`${c.kind} ${c.name}`} entity={e.entity} change={c} />)}{e.lost && <Lost lost={e.lost} />}</ul></li>)}
      </ul>
    </section>
  )
}

function OneRight({ entity, change }: { entity: string; change: RightChange }) {
  const nameOf = useRightName(entity)
  const { effect, before, after } = change
  return <li><Effect effect={effect} /> {nameOf(change)} {before !== undefined && after !== undefined && <span className="fw-muted"><Held entity={entity} value={before} /> → <Held entity={entity} value={after} /></span>}</li>
}

function Held({ entity, value }: { entity: string; value: Extent[] | FieldAccess }) {
  const language = useLanguage()
  return typeof value === 'string' ? <>{choiceText('fields', value, language)}</> : <Extents entity={entity} extents={value} />
}

const colors = { gained: 'green', widened: 'green', lost: 'red', narrowed: 'red', changed: 'gold' } as const

function Effect({ effect }: { effect: RightChange['effect'] }) {
  return <Tag color={colors[effect]}>{choiceText('RightChange', effect, useLanguage())}</Tag>
}

function Lost({ lost: { records, people } }: { lost: LostRecords }) {
  const t = useText()
  if (records === null) return <li className="fw-muted">{t('access.lostUnknown')}</li>
  return <li><strong>{t('access.lost', { count: records })}</strong> {people.map((p) => `${p.name} −${p.count}`).join(', ')}</li>
}
