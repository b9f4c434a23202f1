import { QuestionCircleOutlined } from '@ant-design/icons'
import { Tooltip } from 'antd'
import type { ReactNode } from 'react'
import { ProblemList } from '../../runtime/app/components'
import { useLanguage } from '../../runtime/app/i18n'
import type { Path } from '../editor/path'
import { pointerOf } from '../editor/path'
import { memberText } from '../i18n/words'
import type { Help, Member } from './control'
import { ControlView } from './ControlView'
import { useProblemsHere } from './PanelContext'

/** Controls whose parts carry labels of their own. */
const composed = new Set(['group', 'list', 'map', 'variants', 'options', 'fields', 'filter'])

/** One member: its name, its help, its control and what is wrong with it. */
export function MemberRow({ member, path, autoFocus }: { member: Member; path: Path; autoFocus?: boolean }) {
  const language = useLanguage()
  const problems = useProblemsHere(path)
  const id = `at${pointerOf(path).replaceAll('/', '-')}`
  const label = memberText(member.name, language)
  const parts = composed.has(member.control.kind)
  // A composed control shows the problems of its parts itself.
  const own = parts ? problems.filter((p) => p.path === pointerOf(path)) : problems
  return (
    <div className={member.control.kind === 'switch' ? 'st-member st-member-switch' : 'st-member'} data-at={pointerOf(path)} data-focus={autoFocus}>
      <MemberLabel htmlFor={parts ? undefined : id} help={member.control.help} required={member.required}>{label}</MemberLabel>
      <div className="st-member-control">
        <ControlView control={member.control} path={path} id={id} label={label} required={member.required} invalid={own.length > 0} describedBy={own.length > 0 ? `${id}-problem` : undefined} />
        {own.length > 0 && <div id={`${id}-problem`} className="st-problem"><ProblemList problems={own} /></div>}
      </div>
    </div>
  )
}

interface LabelProps { htmlFor?: string | undefined; help?: Help | undefined; required?: boolean; children: ReactNode }

export function MemberLabel({ htmlFor, help, required, children }: LabelProps) {
  const language = useLanguage()
  const text = htmlFor ? <label htmlFor={htmlFor}>{children}</label> : <span>{children}</span>
  return (
    <div className="st-member-label">
      {text}
      {required && <span className="st-required" aria-hidden>*</span>}
      {help && <Tooltip title={help[language]}><QuestionCircleOutlined className="st-help" tabIndex={0} aria-label={help[language]} /></Tooltip>}
    </div>
  )
}
