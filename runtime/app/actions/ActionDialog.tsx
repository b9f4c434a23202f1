import { Modal } from 'antd'
import { useMemo, useRef, useState } from 'react'
import type { ActionResult } from '../api'
import { runAction } from '../api/records'
import { FormProblems, useProblemsAt } from '../form/FormProblems'
import { entityOfFields } from '../form/fields-entity'
import { inputValues } from '../form/input-values'
import { RecordForm, type RecordFormHandle } from '../form/RecordForm'
import { useLabel } from '../i18n'
import { useShortcut } from '../shortcuts/use-shortcut'
import type { Asked } from './ActionRunner'

interface Props { asked: Asked; onClose: () => void; onDone: (result: ActionResult) => void }

/** Asks for the input of an action, prefilled with what the definition proposes. */
export default function ActionDialog({ asked: { entity, id, action, defaults }, onClose, onDone }: Props) {
  const label = useLabel()
  const form = useRef<RecordFormHandle>(null)
  const input = useMemo(() => entityOfFields(action.name, action.label, action.input ?? []), [action])
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const { atFields, elsewhere } = useProblemsAt(error, input, '/input')
  const submit = () => form.current?.submit()
  const run = async (values: Record<string, unknown>) => {
    setBusy(true)
    try {
      onDone(await runAction(entity.name, id, action.name, inputValues(input, values, undefined, () => 'write')))
    } catch (problem) {
      setError(problem)
      setBusy(false)
    }
  }
  useShortcut('mod+enter', 'keys.save', submit)
  return (
    <Modal open title={label(action.label)} onCancel={onClose} onOk={submit} okText={label(action.label)} confirmLoading={busy} okButtonProps={{ danger: action.style === 'danger' }} width={640} mask={{ closable: false }}>
      <FormProblems error={error} problems={elsewhere} />
      <RecordForm entity={input} initial={defaults} problems={atFields} onSubmit={(values) => void run(values)} handle={form} />
    </Modal>
  )
}
