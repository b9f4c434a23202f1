import { useLanguage, useMessage } from '../../runtime/app/i18n'
import { choiceText } from '../i18n/words'
import type { ImpactItem } from '../api/studio-api'
import { useText } from '../i18n'

/** Rows that would be refused, groups that would be the same, people who would see less. */
export function Findings({ item }: { item: ImpactItem }) {
  const t = useText()
  const message = useMessage()
  const language = useLanguage()
  return (
    <div className="st-findings">
      {item.findings?.map((f) => (
        <section key={`${f.kind} ${f.path}`}>
          <strong>{choiceText('Finding', f.kind, language)} <code>{f.field ?? f.path}</code>: {t('finding.count', { count: f.count })}</strong>
          <ul>
            {f.rows?.map((row) => <li key={row.id}><a href={`/${item.key}/${row.id}`}>{row.title || row.id}</a> <code>{JSON.stringify(row.value)}</code> <span className="fw-muted">{message(row.problem)}</span></li>)}
            {f.groups?.map((g, i) => <li key={i}><code>{JSON.stringify(g.values)}</code> × {g.count} {g.records.map((r) => <a key={r.id} href={`/${item.key}/${r.id}`} className="st-related-record">{r.title || r.id}</a>)}</li>)}
          </ul>
        </section>
      ))}
      {item.lost && <section><strong>{t('finding.lost')}</strong><ul>{item.lost.map((l) => <li key={`${l.person} ${l.entity}`}>{l.name}: {l.entity} {l.before} → {l.after}</li>)}</ul></section>}
    </div>
  )
}
