import { App, Form, Input, Modal, Select } from 'antd'
import { useId, useState } from 'react'
import { PeopleInput } from '../../runtime/app/approvals/PeopleInput'
import { ErrorAlert } from '../../runtime/app/components'
import { useLabel, useLanguage } from '../../runtime/app/i18n'
import { repair, type Repair, type StuckApproval } from '../api/studio-api'
import { useText } from '../i18n'
import { choiceText } from '../i18n/words'
import { nodeName } from './StuckApprovals'

interface Props { approval: StuckApproval; how: Repair; titles: Record<string, string>; onClose: () => void }

/** What a repair needs to know, and why it is done: the reason stands in the trail. Trying again needs none. */
export function RepairDialog({ approval, how, titles, onClose }: Props) {
  const t = useText()
  const read = useLabel()
  const id = useId()
  const { message } = App.useApp()
  const { tasks, tokens } = approval
  const [task, setTask] = useState(tasks[0]?.key)
  const [token, setToken] = useState((tokens.find((one) => one.incident !== undefined) ?? tokens[0])?.id)
  const [person, setPerson] = useState<string[]>([])
  const [node, setNode] = useState<string>()
  const [comment, setComment] = useState('')
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const body = { retry: {}, terminate: {}, reassign: { task, to: person[0] }, jump: { token, to: node } }[how]
  const ready = Object.values(body).every((value) => value !== undefined) && (how === 'retry' || comment.trim() !== '')
  const run = async () => {
    setBusy(true)
    try {
      await repair(approval.id, how, { ...body, comment: comment.trim() || null } as Parameters<typeof repair>[2])
      void message.success(t('operations.repaired'))
      onClose()
    } catch (problem) {
      setError(problem)
      setBusy(false)
    }
  }
  return (
    <Modal open title={`${t(`operations.${how}`)}: ${approval.title}`} okText={t(`operations.${how}`)} okButtonProps={{ disabled: !ready, loading: busy, danger: how === 'terminate' }} onOk={() => void run()} onCancel={onClose}>
      <p className="fw-muted">{t(`operations.${how}Note`)}</p>
      <Form layout="vertical">
        {how === 'reassign' && tasks.length > 1 && <Form.Item label={t('operations.task')} htmlFor={`${id}task`}><Select id={`${id}task`} value={task} onChange={setTask} options={tasks.map((one) => ({ value: one.key, label: `${nodeName(approval, one.node, read)} · ${titles[one.assignee] ?? ''}` }))} /></Form.Item>}
        {how === 'reassign' && <Form.Item label={t('operations.to')} htmlFor={`${id}who`}><PeopleInput id={`${id}who`} value={person} onChange={setPerson} label={t('operations.to')} /></Form.Item>}
        {how === 'jump' && tokens.length > 1 && <Form.Item label={t('operations.from')} htmlFor={`${id}from`}><Select id={`${id}from`} value={token} onChange={setToken} options={tokens.map((one) => ({ value: one.id, label: nodeName(approval, one.node, read) }))} /></Form.Item>}
        {how === 'jump' && <Form.Item label={t('operations.node')} htmlFor={`${id}node`}><NodeSelect id={`${id}node`} approval={approval} value={node} onChange={setNode} /></Form.Item>}
        <Form.Item label={t('operations.reason')} htmlFor={`${id}why`} required={how !== 'retry'}><Input.TextArea id={`${id}why`} rows={2} maxLength={2000} value={comment} onChange={(event) => setComment(event.target.value)} /></Form.Item>
      </Form>
      <ErrorAlert error={error} />
    </Modal>
  )
}

function NodeSelect({ id, approval, value, onChange }: { id: string; approval: StuckApproval; value: string | undefined; onChange: (node: string) => void }) {
  const read = useLabel()
  const language = useLanguage()
  const options = approval.nodes.map((node) => ({ value: node.id, label: `${read(node.label) || node.id} · ${choiceText('FlowNode', node.type, language)}` }))
  return <Select id={id} value={value} onChange={onChange} options={options} showSearch={{ optionFilterProp: 'label' }} />
}
