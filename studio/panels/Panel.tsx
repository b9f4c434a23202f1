import { Collapse } from 'antd'
import type { Path } from '../editor/path'
import { getAt, pointerOf } from '../editor/path'
import { useText } from '../i18n'
import type { Member } from './control'
import { membersOf } from './generate'
import { elsewhere, isFolded } from './hints'
import { MemberRow } from './MemberRow'
import { useProblemsHere, usePanel } from './PanelContext'
import './panel.css'

interface Props {
  /** Name of the definition in the schemas: Stage, MoneyField, … */
  definition: string
  path: Path
  /** Members that are shown elsewhere. */
  skip?: readonly string[]
  /** Only these, in this order. */
  only?: readonly string[]
}

/** All members of one object as a form, drawn from its schema; the rarer ones folded away. */
export function Panel({ definition, path, skip = [], only }: Props) {
  const all = membersOf(definition).filter((m) => m.control.kind !== 'fixed' && !elsewhere[definition]?.includes(m.name) && !skip.includes(m.name))
  const shown = only ? only.flatMap((name) => all.filter((m) => m.name === name)) : all
  const main = shown.filter((m) => only || !isFolded(definition, m.name))
  return (
    <div className="st-panel">
      {main.map((m) => <MemberRow key={m.name} member={m} path={[...path, m.name]} />)}
      <Folded members={shown.filter((m) => !main.includes(m))} path={path} />
    </div>
  )
}

/** Opens by itself where something is wrong inside. */
function Folded({ members, path }: { members: readonly Member[]; path: Path }) {
  const t = useText()
  const { document } = usePanel()
  const problems = useProblemsHere(path)
  if (members.length === 0) return null
  const set = members.filter((m) => getAt(document, [...path, m.name]) !== undefined).length
  const wrong = members.some((m) => problems.some((p) => p.path.startsWith(pointerOf([...path, m.name]))))
  const label = <span>{t('panel.more')} {set > 0 && <span className="fw-muted">· {t('panel.set', { count: set })}</span>}</span>
  return (
    <Collapse ghost size="small" className="st-folded" defaultActiveKey={wrong ? ['more'] : []}
      items={[{ key: 'more', label, children: members.map((m) => <MemberRow key={m.name} member={m} path={[...path, m.name]} />) }]} />
  )
}
