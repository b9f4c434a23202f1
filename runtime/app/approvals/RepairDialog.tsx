import { App, Form, Input, Modal, Select } from 'antd'
import { useId, useState } from 'react'
import { repair, type Repair } from '../api/flows'
import { useAfterWrite } from '../api/queries'
import { ErrorAlert } from '../components'
import { useLabel, useText } from '../i18n'
import { useTitles } from '../titles/titles'
import { PeopleInput } from './PeopleInput'
import { nodeName, type Repairable } from './repairs'

interface Props { approval: Repairable; how: Repair; onClose: () => void }

/** What a repair needs to know, and why it is done: the reason stands in the trail. Trying again needs none. */
export default function RepairDialog({ approval, how, onClose }: Props) {
  const t = useText()
  const read = useLabel()
  const titles = useTitles()
  const id = useId()
  const { tasks, tokens, nodes } = approval
  const [task, setTask] = useState(tasks[0]?.key)
  const [token, setToken] = useState((tokens.find((one) => one.incident !== undefined) ?? tokens[0])?.id)
  const [person, setPerson] = useState<string[]>([])
  const [node, setNode] = useState<string>()
  const [comment, setComment] = useState('')
  const body = { retry: {}, terminate: {}, reassign: { task, to: person[0] }, jump: { token, to: node } }[how]
  const ready = Object.values(body).every((value) => value !== undefined) && (how === 'retry' || comment.trim() !== '')
  const { run, busy, error } = useRun(() => repair(approval.id, how, { ...body, comment: comment.trim() || null } as Parameters<typeof repair>[2]), onClose)
  return (
    <Modal open title={`${t(`repair.${how}`)}: ${approval.title}`} okText={t(`repair.${how}`)} okButtonProps={{ disabled: !ready, loading: busy, danger: how === 'terminate' }} onOk={() => void run()} onCancel={onClose}>
      <p className="fw-muted">{t(`repair.${how}Note`)}</p>
      <Form layout="vertical">
        {how === 'reassign' && tasks.length > 1 && <Form.Item label={t('repair.task')} htmlFor={`${id}task`}><Select id={`${id}task`} value={task} onChange={setTask} options={tasks.map((one) => ({ value: one.key, label: `${nodeName(nodes, one.node, read)} · ${titles(one.assignee) ?? ''}` }))} /></Form.Item>}
        {how === 'reassign' && <Form.Item label={t('repair.to')} htmlFor={`${id}who`}><PeopleInput id={`${id}who`} value={person} onChange={setPerson} label={t('repair.to')} /></Form.Item>}
        {how === 'jump' && tokens.length > 1 && <Form.Item label={t('repair.from')} htmlFor={`${id}from`}><Select id={`${id}from`} value={token} onChange={setToken} options={tokens.map((one) => ({ value: one.id, label: nodeName(nodes, one.node, read) }))} /></Form.Item>}
        {how === 'jump' && <Form.Item label={t('repair.node')} htmlFor={`${id}node`}><Select id={`${id}node`} value={node} onChange={setNode} options={nodes.map((one) => ({ value: one.id, label: nodeName(nodes, one.id, read) }))} showSearch={{ optionFilterProp: 'label' }} /></Form.Item>}
        <Form.Item label={t('repair.reason')} htmlFor={`${id}why`} required={how !== 'retry'}><Input.TextArea id={`${id}why`} rows={2} maxLength={2000} value={comment} onChange={(event) => setComment(event.target.value)} /></Form.Item>
      </Form>
      <ErrorAlert error={error} />
    </Modal>
  )
}

function useRun(send: () => Promise<unknown>, onDone: () => void) {
  const t = useText()
  const { message } = App.useApp()
  const refresh = useAfterWrite()
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const run = async () => {
    setBusy(true)
    try {
      await send()
      void message.success(t('repair.done'))
      void refresh()
      onDone()
    } catch (problem) {
      setError(problem)
      setBusy(false)
    }
  }
  return { run, busy, error }
}
