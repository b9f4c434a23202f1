import { Tag } from 'antd'
import type { ReactNode } from 'react'
import { useLabel, useLanguage } from '../../runtime/app/i18n'
import type { CompiledEntity } from '../../runtime/engine/model'
import type { Extent, Right } from '../api/studio-api'
import { useText } from '../i18n'
import { choiceText } from '../i18n/words'
import { documentId } from '../editor/documents'
import { useDocuments, useDraftCatalog } from '../workspace/hooks'
import { conditionWords } from './condition-words'

/** What may be done with the records of one entity: verbs, fields, actions, approval flows. */
export function Rights({ entity, rights }: { entity: string; rights: readonly Right[] }) {
  const t = useText()
  const nameOf = useRightName(entity)
  const granted = rights.filter((r) => 'extents' in r)
  const verbs = granted.filter((r) => r.kind === 'verb')
  const rest = (['action', 'flow'] as const).map((kind) => ({ kind, items: granted.filter((r) => r.kind === kind) })).filter((g) => g.items.length > 0)
  return (
    <dl className="st-rights">
      {verbs.map((right) => <RightLine key={right.name} name={nameOf(right)}><Extents entity={entity} extents={right.extents} /></RightLine>)}
      <RightLine name={t('access.fields')}><Fields entity={entity} rights={rights} /></RightLine>
      {rest.map(({ kind, items }) => (
        <RightLine key={kind} name={t(`access.${kind}s`)}>
          <ul className="st-extents">{items.map((r) => <li key={r.name}>{nameOf(r)} <span className="fw-muted"><Extents entity={entity} extents={r.extents} /></span></li>)}</ul>
        </RightLine>
      ))}
    </dl>
  )
}

const RightLine = ({ name, children }: { name: string; children: ReactNode }) => <><dt>{name}</dt><dd>{children}</dd></>

/** Whose records, and which of them. */
export function Extents({ entity, extents }: { entity: string; extents: readonly Extent[] }) {
  const language = useLanguage()
  const compiled = useEntity(entity)
  const t = useText()
  return <>{extents.map(({ scope, condition }) => [choiceText('scope', scope, language), condition && t('access.where', { condition: conditionWords(condition, compiled, language) })].filter(Boolean).join(' · ')).join(t('access.or'))}</>
}

const order = ['write', 'read', 'mask', 'hidden'] as const
const colors = { write: undefined, read: 'blue', mask: 'gold', hidden: 'red' } as const

function Fields({ entity, rights }: { entity: string; rights: readonly Right[] }) {
  const language = useLanguage()
  const nameOf = useRightName(entity)
  const fields = rights.filter((r) => 'access' in r)
  const groups = order.map((access) => ({ access, items: fields.filter((f) => f.access === access) })).filter((g) => g.items.length > 0)
  return <ul className="st-extents">{groups.map(({ access, items }) => <li key={access}><Tag color={colors[access]}>{choiceText('fields', access, language)}</Tag> {items.map(nameOf).join(language === 'zh' ? '、' : ', ')}</li>)}</ul>
}

export const useEntity = (name: string): CompiledEntity | undefined => useDraftCatalog().entities.get(name)

/** What a right is about, by its label. */
export function useRightName(entity: string): (right: { kind: Right['kind']; name: string }) => string {
  const compiled = useEntity(entity)
  const documents = useDocuments()
  const read = useLabel()
  const language = useLanguage()
  return ({ kind, name }) => {
    if (kind === 'verb') return choiceText('verbs', name, language)
    if (kind === 'field') return read(compiled?.fields.get(name)?.definition.label) || name
    return read(documents[documentId(kind, kind === 'action' ? `${entity}.${name}` : name)]?.label) || name
  }
}
