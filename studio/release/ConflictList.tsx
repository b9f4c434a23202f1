import { Radio } from 'antd'
import { useLanguage } from '../../runtime/app/i18n'
import { settleUpgrade, type Choice, type Operation, type UpgradeConflict } from '../api/studio-api'
import { useText } from '../i18n'
import { choiceText } from '../i18n/words'
import { DefinitionLink, shownValue, Target } from './OperationList'
import { useTemplateCommand } from './use-template-command'

const choices: readonly Choice[] = ['yours', 'theirs', 'edited']

/** What it was, what you made of it, what the template made of it; with `settle`, which of them holds. */
export function ConflictList({ conflicts, settle = false }: { conflicts: readonly UpgradeConflict[]; settle?: boolean }) {
  return <ul className="st-conflicts">{conflicts.map((c) => <li key={c.id}><Conflict conflict={c} />{settle && <Settle conflict={c} />}</li>)}</ul>
}

function Conflict({ conflict }: { conflict: UpgradeConflict }) {
  const t = useText()
  const { kind, key, path, target, base, yours, theirs } = conflict
  return (
    <>
      <div><DefinitionLink kind={kind} name={key} pointer={path} /> <span className="fw-muted"><Target target={target} /></span></div>
      <dl className="st-conflict">
        <dt className="fw-muted">{t('template.before')}</dt><dd>{base === undefined ? t('template.gone') : shownValue(base)}</dd>
        <dt className="fw-muted">{t('template.yours')}</dt><dd><Outcome operation={yours} /></dd>
        <dt className="fw-muted">{t('template.theirs')}</dt><dd><Outcome operation={theirs} /></dd>
      </dl>
    </>
  )
}

function Outcome({ operation }: { operation: Operation }) {
  const t = useText()
  const language = useLanguage()
  const value = operation.value ?? operation.item
  if (operation.op === 'moveItem') return <>{choiceText('Operation', 'moveItem', language)} → {operation.after ?? '↑'}</>
  return value === undefined ? <span className="fw-muted">{t('template.gone')}</span> : <>{shownValue(value)}</>
}

function Settle({ conflict: { id, target, choice } }: { conflict: UpgradeConflict }) {
  const t = useText()
  const language = useLanguage()
  const run = useTemplateCommand()
  return (
    <Radio.Group aria-label={`${t('template.choice')} ${target}`} optionType="button" size="small" value={choice} onChange={(e) => void run(() => settleUpgrade(id, e.target.value as Choice))}
      options={choices.map((value) => ({ value, label: choiceText('Choice', value, language) }))} />
  )
}
