import { Alert, Form, Input, Modal } from 'antd'
import { useMemo, useRef, useState } from 'react'
import type { Problem } from '../../../schemas/errors'
import { isProblem, type StageMove, type Values } from '../api'
import { ProblemList, useDescribe } from '../components'
import { entityOfDemanded } from '../form/fields-entity'
import { inputValues } from '../form/input-values'
import { RecordForm, type RecordFormHandle } from '../form/RecordForm'
import { useLabel, useText } from '../i18n'
import { sortProblems } from './problems'
import type { Refused } from './StageMover'

interface Props {
  refused: Refused
  onClose: () => void
  onTry: (input: Omit<StageMove, 'to'>) => Promise<void>
}

/** Says why a move was refused and, where something is only missing, asks for it. */
export default function MoveDialog({ refused, onClose, onTry }: Props) {
  const t = useText()
  const label = useLabel()
  const { request: { entity, record, to } } = refused
  const { problems, busy, attempt } = useAttempts(refused, onTry)
  const { fields, comment, hopeless } = useMemo(() => sortProblems(problems, entity), [problems, entity])
  const asked = useMemo(() => entityOfDemanded(entity, fields), [entity, fields])
  const form = useRef<RecordFormHandle>(null)
  const [said, setSaid] = useState('')
  const submit = () => (fields.length > 0 ? form.current?.submit() : attempt({}, said))
  const footer = hopeless ? { footer: (_: unknown, { OkBtn }: { OkBtn: React.ComponentType }) => <OkBtn /> } : {}
  return (
    <Modal open title={hopeless ? t('stage.refused') : t('stage.moveTo', { stage: label(to.label) })} onCancel={onClose} onOk={hopeless ? onClose : submit} okText={hopeless ? t('common.close') : t('stage.move')} confirmLoading={busy} width={600} {...footer}>
      {hopeless && <Alert type="warning" showIcon role="alert" title={<ProblemList problems={problems} />} />}
      {!hopeless && fields.length > 0 && <RecordForm key={fields.join()} entity={asked} initial={valuesOf(record, fields)} onSubmit={(values) => attempt(inputValues(asked, values, undefined, () => 'write'), said)} handle={form} />}
      {!hopeless && (
        <Form layout="vertical" component="div">
          <Form.Item label={comment ? t('common.comment') : `${t('common.comment')} (${t('common.optional')})`} required={comment}>
            <Input.TextArea value={said} onChange={(event) => setSaid(event.target.value)} className="fw-text-area" rows={2} aria-label={t('common.comment')} />
          </Form.Item>
        </Form>
      )}
    </Modal>
  )
}

const valuesOf = (record: Values, fields: string[]): Values => Object.fromEntries(fields.map((name) => [name, record[name] ?? null]))

/** Each attempt may find something else; the last answer is shown. */
function useAttempts(refused: Refused, onTry: Props['onTry']) {
  const describe = useDescribe()
  const [problems, setProblems] = useState<Problem[]>(refused.problems)
  const [busy, setBusy] = useState(false)
  const attempt = (fields: Values, comment: string) => {
    setBusy(true)
    void onTry({ ...(Object.keys(fields).length > 0 && { fields }), ...(comment.trim() && { comment: comment.trim() }) }).catch((error: unknown) => {
      setBusy(false)
      setProblems(isProblem(error) && error.problems.length > 0 ? error.problems : [{ path: '', code: 'badRequest', message: describe(error) }])
    })
  }
  return { problems, busy, attempt }
}
