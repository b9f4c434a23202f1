import { useLabel, useLanguage, useMessage } from '../../runtime/app/i18n'
import type { Entity } from '../../schemas/generated/types'
import { choiceText } from '../i18n/words'
import type { Finding, ImpactItem } from '../api/studio-api'
import { documentId } from '../editor/documents'
import { labelsTo } from '../editor/labels-to'
import { getAt, pathOf } from '../editor/path'
import { useText } from '../i18n'
import { useDocuments } from '../workspace/hooks'

/** Rows that would be refused, groups that would be the same, people who would see less. */
export function Findings({ item }: { item: ImpactItem }) {
  const t = useText()
  const message = useMessage()
  const language = useLanguage()
  const placeOf = usePlaceOf(item)
  const kindOf = useOtherKind(item)
  return (
    <div className="st-findings">
      {item.findings?.map((f) => (
        <section key={`${f.kind} ${f.path}`}>
          <strong>{choiceText('Finding', f.kind, language)}{language === 'zh' ? '：' : ': '}{placeOf(f)}</strong> <span className="fw-muted">{t('finding.count', { count: f.count })}</span>
          <ul>
            {f.rows?.map((row) => <li key={row.id}><a href={`/${item.key}/${row.id}`}>{row.title || row.id}</a> <code>{shown(row.value)}</code> <span className="fw-muted">{message(row.problem)}</span></li>)}
            {f.groups?.map((g, i) => <li key={i}><code>{g.values.map(shown).join(' · ')}</code> × {g.count} {g.records.map((r) => <a key={r.id} href={`/${r.entity}/${r.id}`} className="st-related-record">{kindOf(r.entity)}{r.title || r.id}</a>)}</li>)}
          </ul>
        </section>
      ))}
      {item.lost && <section><strong>{t('finding.lost')}</strong><ul>{item.lost.map((l) => <li key={`${l.person} ${l.entity}`}>{l.name}: {l.entity} {l.before} → {l.after}</li>)}</ul></section>}
    </div>
  )
}

/** What records of another kind are, before their title. */
function useOtherKind({ key }: ImpactItem): (entity: string) => string {
  const read = useLabel()
  const documents = useDocuments()
  return (entity) => (entity === key ? '' : `${read(documents[documentId('entity', entity)]?.label)} `)
}

/** The labels of the field and column that a finding is about; of a rule of uniqueness those of its fields. */
function usePlaceOf({ kind, key }: ImpactItem): (finding: Finding) => string {
  const read = useLabel()
  const document = useDocuments()[documentId(kind, key)]
  const named = (name: string) => read((document as Entity).fields.find((f) => f.name === name)?.label) || name
  return ({ path }) => labelsTo(document, path).labels.map(read).join(' › ') || (getAt(document, [...pathOf(path), 'fields']) as string[] | undefined)?.map(named).join(' + ') || path
}

const shown = (value: unknown) => (value === null ? '–' : typeof value === 'string' ? value : JSON.stringify(value))
