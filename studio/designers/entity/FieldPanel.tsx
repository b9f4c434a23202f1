import { Input } from 'antd'
import { mayBecome } from '../../../runtime/engine/changes/compare'
import type { Field } from '../../../schemas/generated/types'
import { useLanguage } from '../../../runtime/app/i18n'
import type { Path } from '../../editor/path'
import { useText } from '../../i18n'
import { memberText } from '../../i18n/words'
import { MemberLabel } from '../../panels/MemberRow'
import { Panel } from '../../panels/Panel'
import { usePlace } from '../../panels/PanelContext'
import { newField, panelOf, retyped } from './field-kinds'
import { TypeSelect } from './TypeSelect'
import { useFieldCommands } from './use-field-commands'

/** Everything about one field. */
export function FieldPanel({ path }: { path: Path }) {
  const { value: field } = usePlace<Field>(path)
  if (!field) return null
  return (
    <div className="st-field-panel">
      <Panel definition={panelOf(field.type)} path={path} only={['label']} />
      <div className="st-two"><NameOfField path={path} field={field} /><TypeOfField path={path} field={field} /></div>
      <Panel key={field.type} definition={panelOf(field.type)} path={path} skip={['name', 'label', 'type', 'uid', 'column']} />
    </div>
  )
}

function NameOfField({ path, field }: { path: Path; field: Field }) {
  const { published, nested, rename } = useFieldCommands(path, field)
  const fixed = published && nested
  const language = useLanguage()
  const t = useText()
  const id = `name-${path.join('-')}`
  return (
    <div className="st-member">
      <MemberLabel htmlFor={id} required>{memberText('name', language)}</MemberLabel>
      <Input id={id} className="st-code" value={field.name} maxLength={60} disabled={fixed} aria-describedby={`${id}-note`} onChange={(e) => rename(e.target.value)} />
      <div id={`${id}-note`} className="fw-muted st-small">{published && t(fixed ? 'field.nameFixed' : 'field.nameKept')}</div>
    </div>
  )
}

function TypeOfField({ path, field }: { path: Path; field: Field }) {
  const { before } = useFieldCommands(path, field)
  const { set } = usePlace(path)
  const language = useLanguage()
  const t = useText()
  const fixed = before !== undefined && !mayBecome(before, newField('text', field.name, field.label))
  const id = `type-${path.join('-')}`
  return (
    <div className="st-member">
      <MemberLabel htmlFor={id} required>{memberText('type', language)}</MemberLabel>
      <TypeSelect id={id} className="st-wide" value={field.type} disabled={fixed} may={(type) => !before || type === before.type || mayBecome(before, retyped(field, type))} aria-describedby={`${id}-note`}
        onChange={(type) => set(retyped(field, type), { key: 'do.retypeField', params: { field: field.label } })} />
      <div id={`${id}-note`} className="fw-muted st-small">{before && t(fixed ? 'field.typeFixed' : 'field.typeKept')}</div>
    </div>
  )
}
