import { Form, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { useLabel, useLanguage } from '../../runtime/app/i18n'
import { suggestedName } from '../designers/entity/edits'
import { ofKind, type Kind } from '../editor/documents'
import { useText } from '../i18n'
import { choiceText } from '../i18n/words'
import { linkTo } from '../links'
import { useDocuments } from '../workspace/hooks'
import { useWorkspace } from '../workspace/WorkspaceProvider'
import { creation, needsRights, suitableEntities } from './blanks'

interface Answers { zh: string; en: string; name: string; entity?: string; roles?: string[] }

export default function NewDefinition({ kind, onClose }: { kind: Kind; onClose: () => void }) {
  const [form] = Form.useForm<Answers>()
  const documents = useDocuments()
  const workspace = useWorkspace()
  const navigate = useNavigate()
  const t = useText()
  const read = useLabel()
  const language = useLanguage()
  const [ownName, setOwnName] = useState(false)
  const taken = ofKind(documents, kind).map((d) => d.name)
  const entities = suitableEntities(kind, documents)?.map((d) => ({ value: d.name, label: `${read(d.label)} · ${d.name}` }))

  const roles = ofKind(documents, 'role').map((d) => ({ value: d.name, label: `${read(d.label)} · ${d.name}` }))

  const create = ({ zh, en, ...rest }: Answers) => {
    const label = { en: en?.trim() || zh.trim(), zh: zh?.trim() || en.trim() }
    const { id, changes } = creation(kind, { ...rest, label }, documents)
    workspace.edit({ key: 'do.create', params: { name: label } }, changes)
    onClose()
    void navigate(linkTo(id))
  }
  return (
    <Modal open title={t('new.title', { kind: choiceText('Definition', kind, language) })} okText={t('new.create')} onOk={() => form.submit()} onCancel={onClose} width={440}>
      <Form form={form} layout="vertical" requiredMark={false} initialValues={{ name: suggestedName(kind, taken) }} onFinish={create}
        onValuesChange={(_, { en = '' }) => { if (!ownName) form.setFieldValue('name', suggestedName(en || kind, taken)) }}>
        <Form.Item name="zh" label={t('new.labelZh')} rules={[{ validator: () => (form.getFieldValue('zh') || form.getFieldValue('en') ? Promise.resolve() : Promise.reject(new Error(t('new.labelMissing')))) }]}><Input autoFocus maxLength={400} onPressEnter={form.submit} /></Form.Item>
        <Form.Item name="en" label={t('new.labelEn')}><Input maxLength={400} onPressEnter={form.submit} /></Form.Item>
        {entities && <Form.Item name="entity" label={t('home.entity')} rules={[{ required: true, message: t('new.entityMissing') }]}><Select options={entities} showSearch={{ optionFilterProp: 'label' }} /></Form.Item>}
        {needsRights(kind) && <Form.Item name="roles" label={t('new.roles')} extra={t('new.rolesHint')}><Select mode="multiple" options={roles} optionFilterProp="label" /></Form.Item>}
        <Form.Item name="name" label={t('new.name')} extra={t('new.nameHint')} rules={[{ required: true, pattern: /^x_[a-z][A-Za-z0-9]*$/, message: t('new.nameWrong') }, { validator: (_, name: string) => (taken.includes(name) ? Promise.reject(new Error(t('new.nameTaken'))) : Promise.resolve()) }]}>
          <Input className="st-code" maxLength={60} onChange={() => setOwnName(true)} onPressEnter={form.submit} />
        </Form.Item>
      </Form>
    </Modal>
  )
}
