import { PlusOutlined, SearchOutlined } from '@ant-design/icons'
import { Button, Dropdown, Input, Segmented } from 'antd'
import { lazy, Suspense, useMemo, useState } from 'react'
import { Link } from 'react-router'
import { EmptyState } from '../../runtime/app/components'
import { useLanguage } from '../../runtime/app/i18n'
import type { Language } from '../../schemas/field-types/field-type'
import type { Definition } from '../../schemas/generated/types'
import { definitionsOf, idOf, type Kind } from '../editor/documents'
import { useText } from '../i18n'
import { choiceText } from '../i18n/words'
import { useDocuments } from '../workspace/hooks'
import { useDraftStates } from '../workspace/use-drafts'
import { blankKinds } from './blanks'
import { DefinitionGroup } from './DefinitionGroup'
import './home.css'

const NewDefinition = lazy(() => import('./NewDefinition'))

const kinds: readonly Kind[] = ['entity', 'pipeline', 'flow', 'form', 'view', 'action', 'dictionary', 'calendar', 'ruleTable', 'role', 'sharing', 'template']

/** All definitions by kind. */
export function HomePage() {
  const documents = useDocuments()
  const [search, setSearch] = useState('')
  const [creating, setCreating] = useState<Kind>()
  const t = useText()
  const [only, setOnly] = useState<Only>('all')
  const drafts = useDraftStates()
  const language = useLanguage()
  const found = useMemo(() => definitionsOf(documents).filter((d) => matches(d, search)).sort(byLabel(language)), [documents, search, language])
  const shown = only === 'drafts' ? found.filter((d) => drafts.has(idOf(d))) : found
  const groups = kinds.map((kind) => ({ kind, items: shown.filter((d) => d.kind === kind) })).filter((g) => g.items.length > 0 && (only === 'all' || only === 'drafts' || only === g.kind))
  return (
    <div className="st-page">
      <header className="st-page-head">
        <h1>{t('home.title')}</h1>
        <div className="st-home-tools">
          <Input allowClear prefix={<SearchOutlined />} aria-label={t('home.search')} placeholder={t('home.search')} value={search} onChange={(e) => setSearch(e.target.value)} />
          <Link to="/access">{t('access.title')}</Link>
          <Link to="/operations">{t('operations.title')}</Link>
          <NewButton onChoose={setCreating} />
        </div>
      </header>
      <Filter only={only} onChange={setOnly} found={found} drafts={drafts.size} />
      {groups.map((g) => <DefinitionGroup key={g.kind} kind={g.kind} items={g.items} drafts={drafts} />)}
      {groups.length === 0 && <EmptyState title={t('home.none')} hint={t('home.noneHint')} />}
      {creating && <Suspense><NewDefinition kind={creating} onClose={() => setCreating(undefined)} /></Suspense>}
    </div>
  )
}

type Only = Kind | 'all' | 'drafts'

/** One kind, the drafts, or everything; with how many there are. */
function Filter({ only, onChange, found, drafts }: { only: Only; onChange: (only: Only) => void; found: readonly Definition[]; drafts: number }) {
  const t = useText()
  const language = useLanguage()
  const option = (value: Only, label: string, count: number) => ({ value, label: <>{label} <span className="fw-muted">{count}</span></> })
  const options = [
    option('all', t('home.all'), found.length),
    ...(drafts > 0 ? [option('drafts', t('home.drafts'), drafts)] : []),
    ...kinds.map((kind) => option(kind, choiceText('Definition', kind, language), found.filter((d) => d.kind === kind).length)),
  ]
  return <div className="st-home-filter"><Segmented aria-label={t('home.title')} value={only} options={options} onChange={onChange} /></div>
}

function NewButton({ onChoose }: { onChoose: (kind: Kind) => void }) {
  const t = useText()
  const language = useLanguage()
  const items = blankKinds.map((kind) => ({ key: kind, label: choiceText('Definition', kind, language), onClick: () => onChoose(kind) }))
  return <Dropdown trigger={['click']} menu={{ items }}><Button type="primary" icon={<PlusOutlined />}>{t('home.new')}</Button></Dropdown>
}

const byLabel = (language: Language) => (a: Definition, b: Definition) => (a.label?.[language] ?? a.name).localeCompare(b.label?.[language] ?? b.name, language)

function matches(d: Definition, search: string): boolean {
  const text = [d.name, d.label?.en, d.label?.zh, 'entity' in d ? d.entity : ''].join(' ').toLowerCase()
  return search.trim().toLowerCase().split(/\s+/).every((word) => text.includes(word))
}
