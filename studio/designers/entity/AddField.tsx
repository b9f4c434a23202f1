import { Checkbox, Form, Input, Modal, type InputRef } from 'antd'
import { useRef, useState } from 'react'
import type { FieldTypeName } from '../../../schemas/field-types'
import type { Field } from '../../../schemas/generated/types'
import { setAt, type Path } from '../../editor/path'
import { useText } from '../../i18n'
import { usePanel, usePlace } from '../../panels/PanelContext'
import { useDocuments } from '../../workspace/hooks'
import { useWorkspace } from '../../workspace/WorkspaceProvider'
import { addField, suggestedName } from './edits'
import { newField } from './field-kinds'
import { TypeSelect } from './TypeSelect'

interface Props { path: Path; nested: boolean; onClose: () => void; onAdded: (index: number) => void }

interface Answers { type: FieldTypeName; en: string; zh: string; name: string; onScreens: boolean }

/** Asks for the least: labels, name, type. The rest is in the panel that opens. */
export function AddField({ path, nested, onClose, onAdded }: Props) {
  const [form] = Form.useForm<Answers>()
  const { id } = usePanel()
  const { value: fields = [] } = usePlace<Field[]>(path)
  const documents = useDocuments()
  const workspace = useWorkspace()
  const t = useText()
  const first = useRef<InputRef>(null)
  const [ownName, setOwnName] = useState(false)
  const taken = fields.map((f) => f.name)

  const add = (answers: Answers) => {
    const label = { en: answers.en.trim() || answers.zh.trim(), zh: answers.zh.trim() || answers.en.trim() }
    const field = newField(answers.type, answers.name, label)
    const text = { key: 'do.addField', params: { field: label } } as const
    if (nested) workspace.editOne(id, text, (d) => d && setAt(d, path, [...fields, field]))
    else workspace.edit(text, addField(documents, id, field, answers.onScreens))
    onClose()
    onAdded(fields.length)
  }
  const suggest = (_: unknown, { en = '' }: Partial<Answers>) => { if (!ownName) form.setFieldValue('name', suggestedName(en, taken)) }

  return (
    <Modal open title={t('field.addTitle')} okText={t('field.add')} onOk={() => form.submit()} onCancel={onClose} afterOpenChange={(open) => open && first.current?.focus()} width={460}>
      <Form form={form} layout="vertical" requiredMark={false} initialValues={{ type: 'text', en: '', zh: '', name: suggestedName('', taken), onScreens: true }} onFinish={add} onValuesChange={suggest}>
        <Form.Item name="zh" label={t('new.labelZh')} dependencies={['en']} rules={[{ validator: () => eitherLabel(form.getFieldsValue(), t('new.labelMissing')) }]}><Input ref={first} maxLength={400} onPressEnter={form.submit} /></Form.Item>
        <Form.Item name="en" label={t('new.labelEn')}><Input maxLength={400} onPressEnter={form.submit} /></Form.Item>
        <Form.Item name="type" label={t('field.type')}><TypeSelect /></Form.Item>
        <Form.Item name="name" label={t('new.name')} extra={t('new.nameHint')} rules={[{ required: true, pattern: /^x_[a-z][A-Za-z0-9]*$/, message: t('new.nameWrong') }, { validator: (_, name: string) => taken.includes(name) ? Promise.reject(new Error(t('new.nameTaken'))) : Promise.resolve() }]}>
          <Input className="st-code" maxLength={60} onChange={() => setOwnName(true)} onPressEnter={form.submit} />
        </Form.Item>
        {!nested && <Form.Item name="onScreens" valuePropName="checked" noStyle><Checkbox>{t('field.onScreens')}</Checkbox></Form.Item>}
      </Form>
    </Modal>
  )
}

const eitherLabel = ({ en, zh }: Answers, message: string) => (en?.trim() || zh?.trim() ? Promise.resolve() : Promise.reject(new Error(message)))
