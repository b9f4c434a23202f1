import { Form, Input, Modal, Select } from 'antd'
import { useId, useState } from 'react'
import type { CompiledEntity } from '../../engine/model'
import type { EntityRights, ViewContent } from '../api'
import { ErrorAlert } from '../components'
import { useLabel, useText } from '../i18n'
import { canSee } from '../session'

type Columns = NonNullable<ViewContent['columns']>

interface Props {
  title: string
  hint?: string
  name: string
  columns: Columns
  entity: CompiledEntity
  rights: EntityRights
  /** Closes the dialog when it resolves; what it rejects with is shown. */
  onSave: (name: string, columns: Columns) => Promise<void>
  onClose: () => void
}

/** What an own view is called and which columns it shows, in the order in which they are chosen. */
export function ViewDialog({ title, hint, columns, entity, rights, onSave, onClose, ...given }: Props) {
  const t = useText()
  const label = useLabel()
  const id = useId()
  const [name, setName] = useState(given.name)
  const [chosen, setChosen] = useState(columns.map(({ field }) => field))
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const fields = [...entity.fields.values()].filter((field) => canSee(field, rights) && !field.rows)
  const complete = name.trim() !== '' && chosen.length > 0
  const save = () => {
    if (!complete || busy) return
    setBusy(true)
    onSave(name.trim(), chosen.map((field) => columns.find((column) => column.field === field) ?? { field })).then(onClose).catch((problem: unknown) => { setError(problem); setBusy(false) })
  }
  return (
    <Modal open title={title} onCancel={onClose} onOk={save} okText={t('common.save')} cancelText={t('common.cancel')} okButtonProps={{ disabled: !complete, loading: busy }} width={520}>
      <ErrorAlert error={error} />
      {hint && <p className="fw-muted">{hint}</p>}
      <Form layout="vertical" onFinish={save}>
        <Form.Item label={t('view.name')} htmlFor={`${id}-name`} required>
          <Input id={`${id}-name`} value={name} maxLength={60} autoFocus onChange={(event) => setName(event.target.value)} onPressEnter={save} />
        </Form.Item>
        <Form.Item label={t('view.columns')} htmlFor={`${id}-columns`} required>
          <Select id={`${id}-columns`} mode="multiple" maxCount={40} value={chosen} onChange={setChosen} showSearch={{ optionFilterProp: 'label' }} options={fields.map((field) => ({ value: field.name, label: label(field.definition.label) }))} />
        </Form.Item>
      </Form>
    </Modal>
  )
}
