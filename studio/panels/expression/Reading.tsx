import { CheckCircleOutlined, CloseCircleOutlined } from '@ant-design/icons'
import { useLabel, useLanguage } from '../../../runtime/app/i18n'
import type { Catalog } from '../../../runtime/engine/model'
import type { Checked } from '../../../schemas/expressions'
import { useText } from '../../i18n'
import type { NameScope } from '../names'
import { labelOfPath } from './context'

/** What is wrong with an expression; else what it reads, by the labels people know. */
export function Reading({ checked, scope, catalog }: { checked: Checked; scope: NameScope; catalog: Catalog }) {
  const language = useLanguage()
  const read = useLabel()
  const t = useText()
  if (checked.problems.length > 0) {
    return <div className="st-reading st-reading-bad" role="status"><CloseCircleOutlined aria-hidden /> {checked.problems.map((p) => textOf(p, language)).join(' ')}</div>
  }
  const names = checked.reads.map((path) => read(labelOfPath(path.split('.'), scope, catalog)) || path)
  return (
    <div className="st-reading" role="status">
      <CheckCircleOutlined aria-hidden /> {names.length > 0 ? t('expression.reads', { names: [...new Set(names)].join(language === 'zh' ? '、' : ', ') }) : t('expression.constant')}
    </div>
  )
}

/** The checker speaks in the reader's language where it can. */
function textOf(problem: unknown, language: 'en' | 'zh'): string {
  return typeof problem === 'object' && problem !== null ? String((problem as Record<string, unknown>)[language]) : String(problem)
}
