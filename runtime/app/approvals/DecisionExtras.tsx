import { PaperClipOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useId, useState } from 'react'
import type { ApprovalNode, Field, Flow } from '../../../schemas/generated/types'
import type { CompiledField } from '../../engine/model'
import { useRecord } from '../api/queries'
import type { Id, Task, Values } from '../api/types'
import { viewOf } from '../field-views'
import { useLabel, useText } from '../i18n'
import { useEntity } from '../session'
import { PeopleInput } from './PeopleInput'
import type { Carried } from './use-decision'

interface Props { task: Task; flow: Flow; carried: Carried; carry: (part: Partial<Carried>) => void }

/** What goes with a decision: fields to fill in, people for later nodes, a signature, documents. Who only advises brings documents. */
export function DecisionExtras({ task, flow, carried, carry }: Props) {
  const t = useText()
  const label = useLabel()
  const [attaching, setAttaching] = useState(false)
  const advising = task.via === 'delegate'
  const later = advising ? [] : flow.nodes.filter((node) => 'assignees' in node && node.assignees?.some((a) => a.kind === 'previousSelect') && node.id !== task.node)
  return (
    <>
      {!advising && <FillIn task={task} flow={flow} values={carried.fields} onChange={(fields) => carry({ fields })} />}
      {later.map(({ id, label: name }) => (
        <Row key={id} title={t('approval.chooseFor', { node: label(name) || id })}>
          {(input) => <PeopleInput id={input} value={carried.people[id] ?? []} onChange={(ids) => carry({ people: { ...carried.people, [id]: ids } })} label={t('approval.who')} multiple />}
        </Row>
      ))}
      {!advising && flow.settings?.signatureRequired?.length ? <Own field={signature} value={carried.signature} onChange={(value) => carry({ signature: (value ?? null) as Id | null })} /> : null}
      {attaching || carried.attachments.length > 0
        ? <Own field={attachments} value={carried.attachments} onChange={(value) => carry({ attachments: (value ?? []) as Id[] })} />
        : <Button type="link" size="small" className="fw-attach" icon={<PaperClipOutlined aria-hidden />} onClick={() => setAttaching(true)}>{t('approval.attach')}</Button>}
    </>
  )
}

const signature: Field = { name: 'signature', type: 'signature', label: { en: 'Signature', zh: '签名' } }
const attachments: Field = { name: 'attachments', type: 'file', label: { en: 'Attachments', zh: '附件' } }

/** Fields of the record that the node leaves to those asked. */
function FillIn({ task, flow, values, onChange }: { task: Task; flow: Flow; values: Values; onChange: (values: Values) => void }) {
  const entity = useEntity(task.entity)
  const record = useRecord(task.entity, task.record)
  const { fields = [] } = flow.nodes.find(({ id }) => id === task.node) as ApprovalNode
  const written = fields.filter(({ access }) => access === 'editable' || access === 'required').flatMap(({ field, access }) => {
    const compiled = entity?.fields.get(field)
    return compiled ? [{ compiled, required: access === 'required' }] : []
  })
  const now: Values = { ...record.data, ...values }
  return written.map(({ compiled, required }) => (
    <OneField key={compiled.name} field={compiled} required={required} record={now} onChange={(value) => onChange({ ...values, [compiled.name]: value })} />
  ))
}

function OneField({ field, required, record, onChange }: { field: CompiledField; required: boolean; record: Values; onChange: (value: unknown) => void }) {
  const label = useLabel()
  const { Input } = viewOf(field.effective)
  const title = label(field.definition.label)
  return Input ? <Row title={required ? `${title} *` : title}>{(id) => <Input id={id} field={field.effective} value={record[field.name] ?? null} record={record} onChange={onChange} label={title} />}</Row> : null
}

function Own({ field, value, onChange }: { field: Field; value: unknown; onChange: (value: unknown) => void }) {
  const label = useLabel()
  const { Input } = viewOf(field)
  return Input ? <Row title={label(field.label)}>{(id) => <Input id={id} field={field} value={value} onChange={onChange} label={label(field.label)} />}</Row> : null
}

function Row({ title, children }: { title: string; children: (id: string) => React.ReactNode }) {
  const id = useId()
  return <div className="fw-extra"><label htmlFor={id}>{title}</label>{children(id)}</div>
}
