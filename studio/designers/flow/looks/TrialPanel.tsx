import { PlayCircleOutlined } from '@ant-design/icons'
import { Alert, Button, Segmented, Select } from 'antd'
import { useId } from 'react'
import { ErrorAlert } from '../../../../runtime/app/components'
import { RecordSelect } from '../../../../runtime/app/field-views/inputs/RecordSelect'
import { viewOf } from '../../../../runtime/app/field-views'
import { useLabel } from '../../../../runtime/app/i18n'
import { useMe } from '../../../../runtime/app/session'
import type { CompiledField } from '../../../../runtime/engine/model'
import type { Flow, ReferenceField } from '../../../../schemas/generated/types'
import { useText } from '../../../i18n'
import { useDraftCatalog } from '../../../workspace/hooks'
import { usePeople } from '../../../workspace/use-people'
import type { Chosen } from '../canvas/CanvasContext'
import { fieldsAskedFor } from './sample-fields'
import { TrialRoute } from './TrialRoute'
import type { Trial } from './use-trial'
import './looks.css'

interface Props { flow: Flow; trial: Trial; choose: (chosen: Chosen) => void }

/** Runs the drafted flow through on a record or on made-up values; Enter runs it. */
export function TrialPanel({ flow, trial, choose }: Props) {
  const t = useText()
  const { input, change, run, busy, error, result } = trial
  const submit = (event: React.FormEvent) => { event.preventDefault(); run() }
  return (
    <form className="st-trial" onSubmit={submit}>
      <p className="fw-muted">{t('trial.intro')}</p>
      <Initiator trial={trial} />
      <Segmented<Trial['input']['by']> block value={input.by} onChange={(by) => change({ by })} options={[{ value: 'sample', label: t('trial.sample') }, { value: 'record', label: t('trial.record') }]} />
      {input.by === 'record' ? <PickRecord flow={flow} trial={trial} /> : <Sample flow={flow} trial={trial} />}
      <Button type="primary" htmlType="submit" icon={<PlayCircleOutlined aria-hidden />} loading={busy} disabled={input.by === 'record' && !input.recordId}>{t('trial.run')}</Button>
      <ErrorAlert error={error} />
      {result && <TrialRoute flow={flow} trial={trial} result={result} choose={choose} />}
      {result?.warnings.map((w, i) => <Alert key={i} type="warning" showIcon title={w.message} />)}
    </form>
  )
}

function Initiator({ trial: { input, change } }: { trial: Trial }) {
  const t = useText()
  const id = useId()
  const me = useMe().user
  const people = usePeople().map((p) => ({ value: p.id, label: `${p.name} · ${p.username}` }))
  return (
    <div>
      <label htmlFor={id}>{t('trial.initiator')}</label>
      <Select id={id} className="st-wide" showSearch={{ optionFilterProp: 'label' }} value={input.initiator ?? me.id} options={people} onChange={(initiator: string) => change({ initiator })} />
    </div>
  )
}

function PickRecord({ flow, trial: { input, change } }: { flow: Flow; trial: Trial }) {
  const t = useText()
  const id = useId()
  const field: ReferenceField = { name: 'record', type: 'reference', label: { en: 'Record', zh: '记录' }, entity: flow.entity }
  return (
    <div>
      <label htmlFor={id}>{t('trial.record')}</label>
      <RecordSelect id={id} field={field} entity={flow.entity} value={input.recordId ?? null} onChange={(value) => change({ recordId: (value as string | null) ?? undefined })} />
    </div>
  )
}

/** The values the flow asks about; every other is empty. */
function Sample({ flow, trial: { input, change } }: { flow: Flow; trial: Trial }) {
  const t = useText()
  const entity = useDraftCatalog().entities.get(flow.entity)
  const fields = entity ? fieldsAskedFor(flow, entity) : []
  if (fields.length === 0) return <p className="fw-muted">{t('trial.noFields')}</p>
  return fields.map((field) => <SampleField key={field.name} field={field} value={input.sample[field.name]} sample={input.sample} onChange={(value) => change({ sample: { ...input.sample, [field.name]: value } })} />)
}

interface FieldProps { field: CompiledField; value: unknown; sample: Record<string, unknown>; onChange: (value: unknown) => void }

function SampleField({ field, value, sample, onChange }: FieldProps) {
  const id = useId()
  const read = useLabel()
  const { Input } = viewOf(field.effective)
  if (!Input) return null
  return (
    <div>
      <label htmlFor={id}>{read(field.definition.label)}</label>
      <Input id={id} field={field.effective} value={value ?? null} record={sample} onChange={onChange} />
    </div>
  )
}
