import type { ApprovalNode, Field, Flow } from '../../../schemas/generated/types'
import type { CompiledField } from '../../engine/model'
import { useRecord } from '../api/queries'
import type { Id, Task, Values } from '../api/types'
import { viewOf } from '../field-views'
import { useLabel, useText } from '../i18n'
import { useEntity } from '../session'
import { Attachments } from './Attachments'
import { Own, Row } from './Extra'
import { PeopleInput } from './PeopleInput'
import type { Carried } from './use-decision'

interface Props { task: Task; flow: Flow; carried: Carried; carry: (part: Partial<Carried>) => void }

/** What goes with a decision: fields to fill in, people for later nodes, a signature, documents. Who only advises brings documents. */
export function DecisionExtras({ task, flow, carried, carry }: Props) {
  const t = useText()
  const label = useLabel()
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
      <Attachments value={carried.attachments} onChange={(ids) => carry({ attachments: ids })} />
    </>
  )
}

const signature: Field = { name: 'signature', type: 'signature', label: { en: 'Signature', zh: '签名' } }

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
