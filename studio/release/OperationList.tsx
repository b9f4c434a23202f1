import { App, Button, Collapse, Input, Tag } from 'antd'
import { useRef } from 'react'
import { Link } from 'react-router'
import { useLabel, useLanguage } from '../../runtime/app/i18n'
import { stepsOf } from '../../runtime/engine/layers/operations'
import { discardParked, retargetParked, type Operation, type TemplateState, type UpgradeOrphan, type UpgradePlan } from '../api/studio-api'
import { documentId, type Kind } from '../editor/documents'
import { useText } from '../i18n'
import { choiceText, memberText } from '../i18n/words'
import { linkTo } from '../links'
import { useDocuments } from '../workspace/hooks'
import { useTemplateCommand } from './use-template-command'

const longest = 200
export function shownValue(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
  return text.length > longest ? `${text.slice(0, longest)}…` : text
}

/** Fields › amount › Label › en; the exact target on pointing at it. */
export function Target({ target }: { target: string }) {
  const language = useLanguage()
  const steps = stepsOf(target).map((step) => { const named = /^(?:uid|id|name|value|field|related|entity):(.+)$/.exec(step); return named ? named[1] : memberText(step, language) })
  return <span title={target}>{steps.join(' › ')}</span>
}

export function DefinitionLink({ kind, name, pointer }: { kind: Kind; name: string; pointer?: string }) {
  const language = useLanguage()
  const read = useLabel()
  const id = documentId(kind, name)
  return <><Tag>{choiceText('Definition', kind, language)}</Tag> <Link to={linkTo(id, pointer)}>{read(useDocuments()[id]?.label) || name}</Link></>
}

function Operated({ operation }: { operation: Operation }) {
  const language = useLanguage()
  const value = operation.value ?? operation.item ?? operation.after
  return <><Tag>{choiceText('Operation', operation.op, language)}</Tag> <Target target={operation.target} /> {value !== undefined && value !== null && <span className="fw-muted">{shownValue(value)}</span>}</>
}

export function OrphanList({ items }: { items: readonly UpgradeOrphan[] }) {
  return <ul className="st-conflicts">{items.map(({ kind, key, operation }) => <li key={`${kind} ${key} ${operation.op} ${operation.target}`}><div><DefinitionLink kind={kind} name={key} /></div><Operated operation={operation} /></li>)}</ul>
}

/** What was changed of each document, folded. */
export function CustomizationList({ items }: { items: TemplateState['customizations'] }) {
  const t = useText()
  return <Collapse ghost size="small" items={items.map(({ kind, key, operations }) => ({
    key: `${kind} ${key}`, label: <><DefinitionLink kind={kind} name={key} /> <span className="fw-muted">{t('template.differences', { count: operations.length })}</span></>,
    children: <ul className="st-differences">{operations.map((o) => <li key={`${o.op} ${o.target}`}><Operated operation={o} /></li>)}</ul>,
  }))} />
}

/** What an upgrade changes of each published document, folded. */
export function PlanItems({ items }: { items: UpgradePlan['items'] }) {
  const t = useText()
  const language = useLanguage()
  return <Collapse ghost size="small" items={items.map(({ kind, key, change, differences }) => ({
    key: `${kind} ${key}`, label: <><DefinitionLink kind={kind} name={key} /> <Tag>{choiceText('Difference', change, language)}</Tag>{differences.length > 0 && <span className="fw-muted">{t('template.differences', { count: differences.length })}</span>}</>,
    children: <ul className="st-differences">{differences.map((d) => <li key={`${d.op} ${d.path}`}><Tag>{choiceText('Difference', d.op, language)}</Tag><code>{d.path}</code> {d.before !== undefined && <del>{shownValue(d.before)}</del>} {d.after !== undefined && <ins>{shownValue(d.after)}</ins>}</li>)}</ul>,
  }))} />
}

export function ParkedList({ items }: { items: TemplateState['parked'] }) {
  const t = useText()
  return (
    <ul className="st-conflicts">
      {items.map((parked) => (
        <li key={parked.id}>
          <div><DefinitionLink kind={parked.kind} name={parked.key} /> <span className="fw-muted">{t('template.parkedSince', { version: parked.version })}</span></div>
          <div><Operated operation={parked.operation} /></div>
          <ParkedCommands id={parked.id} target={parked.operation.target} />
        </li>
      ))}
    </ul>
  )
}

function ParkedCommands({ id, target }: { id: string; target: string }) {
  const t = useText()
  const run = useTemplateCommand()
  const { modal } = App.useApp()
  const wanted = useRef(target)
  const ask = () => void modal.confirm({
    title: t('template.retarget'), okText: t('template.retarget'), onOk: () => run(() => retargetParked(id, wanted.current), t('template.retargeted')),
    content: <><p className="fw-muted">{t('template.retargetNote')}</p><Input className="st-code" aria-label={t('template.target')} defaultValue={target} onChange={(e) => { wanted.current = e.target.value }} /></>,
  })
  return <span className="st-actions"><Button size="small" onClick={ask}>{t('template.retarget')}</Button><Button size="small" danger onClick={() => void run(() => discardParked(id))}>{t('template.discard')}</Button></span>
}
