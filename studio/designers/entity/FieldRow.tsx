import { CopyOutlined, DeleteOutlined, EyeInvisibleOutlined, EyeOutlined, MoreOutlined } from '@ant-design/icons'
import { Button, Dropdown, Tag } from 'antd'
import { useState } from 'react'
import { fieldTypeOf } from '../../../schemas/field-types'
import type { Field } from '../../../schemas/generated/types'
import { useLabel, useLanguage } from '../../../runtime/app/i18n'
import type { DefinitionProblem } from '../../api/studio-api'
import type { Path } from '../../editor/path'
import { useText } from '../../i18n'
import { choiceText } from '../../i18n/words'
import { ProblemMark } from '../../panels/ProblemMark'
import { RemoveField } from './RemoveField'
import { useFieldCommands } from './use-field-commands'

interface Props {
  path: Path
  field: Field
  problems: readonly DefinitionProblem[]
  selected: boolean
  onSelect: () => void
  onRemoved: () => void
}

export function FieldRow({ path, field, problems, selected, onSelect, onRemoved }: Props) {
  const read = useLabel()
  const language = useLanguage()
  return (
    <div className={field.hidden ? 'st-field st-field-hidden' : 'st-field'}>
      <button type="button" className="st-field-main" aria-pressed={selected} onClick={onSelect}>
        <span className="st-field-label">{read(field.label) || field.name}{field.required && <span className="st-required"> *</span>}</span>
        <code className="st-field-name">{field.name}</code>
        <span className="st-field-type">{choiceText('Field', field.type, language)}</span>
      </button>
      <span className="st-field-tags"><Flags field={field} /><ProblemMark problems={problems} /></span>
      <FieldMenu path={path} field={field} onRemoved={onRemoved} />
    </div>
  )
}

function Flags({ field }: { field: Field }) {
  const t = useText()
  return (
    <>
      {fieldTypeOf(field).computed && <Tag variant="filled" color="geekblue">{t('field.computed')}</Tag>}
      {field.hidden && <Tag variant="filled">{t('field.hidden')}</Tag>}
      {field.readOnly && <Tag variant="filled">{t('field.readOnly')}</Tag>}
    </>
  )
}

function FieldMenu({ path, field, onRemoved }: Pick<Props, 'path' | 'field' | 'onRemoved'>) {
  const t = useText()
  const { hide, duplicate } = useFieldCommands(path, field)
  const [removing, setRemoving] = useState(false)
  const items = [
    { key: 'duplicate', icon: <CopyOutlined />, label: t('field.duplicate'), onClick: duplicate },
    { key: 'hide', icon: field.hidden ? <EyeOutlined /> : <EyeInvisibleOutlined />, label: t(field.hidden ? 'field.show' : 'field.hide'), onClick: hide },
    { key: 'remove', icon: <DeleteOutlined />, danger: true, label: t('field.remove'), onClick: () => setRemoving(true) },
  ]
  return (
    <>
      <Dropdown trigger={['click']} menu={{ items }}>
        <Button size="small" type="text" icon={<MoreOutlined />} aria-label={t('field.menu', { name: field.name })} />
      </Dropdown>
      {removing && <RemoveField path={path} field={field} onClose={() => setRemoving(false)} onRemoved={onRemoved} />}
    </>
  )
}
