import { useQuery } from '@tanstack/react-query'
import { Modal, Radio, Skeleton } from 'antd'
import { type CSSProperties, useState } from 'react'
import type { CompiledEntity, CompiledField } from '../../engine/model'
import { equalValues } from '../../engine/write-record'
import type { Id, RecordDoc } from '../api'
import { getRecord, mergePreview, mergeRecords } from '../api/records'
import { useAfterWrite } from '../api/queries'
import { ErrorAlert, FailedState } from '../components'
import { Value } from '../field-views/Value'
import { useLabel, useText } from '../i18n'
import { canSee, useRights } from '../session'
import { useTellMerged } from './use-merge'
import { useThings } from './use-things'
import './merge.css'

interface Props { entity: CompiledEntity; ids: Id[]; onClose: () => void; onDone: () => void }

/** The records side by side: which one stays, and whose value each differing field takes. */
export default function MergeDialog({ entity, ids, onClose, onDone }: Props) {
  const t = useText()
  const found = useQuery({ queryKey: ['records', entity.name, 'merge', ids], queryFn: () => Promise.all(ids.map((id) => getRecord(entity.name, id))), gcTime: 0 })
  const [into, setInto] = useState(ids[0]!)
  const [chosen, setChosen] = useState<Record<string, Id>>({})
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const refresh = useAfterWrite()
  const tell = useTellMerged(entity)
  const merge = async (records: RecordDoc[]) => {
    await mergeRecords(entity.name, { into, from: ids.filter((id) => id !== into), fields: chosen, revs: Object.fromEntries(records.map((r) => [r.id, r.rev])) })
    onDone()
    void refresh()
    tell(into)
  }
  const submit = () => { setBusy(true); void merge(found.data!).catch(setError).finally(() => setBusy(false)) }
  return (
    <Modal open title={t('merge.title', { count: ids.length })} width={Math.min(1100, 320 + ids.length * 220)} onCancel={onClose} okText={t('merge.submit')} okButtonProps={{ disabled: !found.data, loading: busy }} onOk={submit}>
      <p className="fw-muted">{t('merge.hint')}</p>
      <ErrorAlert error={error} />
      {found.error && <FailedState error={found.error} />}
      {found.isPending && <Skeleton active />}
      {found.data && <SideBySide entity={entity} records={found.data} into={into} chosen={chosen} onInto={(id) => { setInto(id); setChosen({}) }} onChoose={(field, id) => setChosen({ ...chosen, [field]: id })} />}
      <Moving entity={entity} from={ids.filter((id) => id !== into)} />
    </Modal>
  )
}

interface SideProps { entity: CompiledEntity; records: RecordDoc[]; into: Id; chosen: Record<string, Id>; onInto: (id: Id) => void; onChoose: (field: string, id: Id) => void }

function SideBySide({ entity, records, into, chosen, onInto, onChoose }: SideProps) {
  const t = useText()
  const label = useLabel()
  const rights = useRights(entity.name)
  const byStage = new Set<string>(Object.values(entity.definition.pipeline ?? {}))
  const open = (field: CompiledField) => canSee(field, rights) && rights.fields[field.name] === undefined && !field.computed && !field.definition.readOnly && !byStage.has(field.name)
  const differing = entity.own.filter((field) => open(field) && records.some((r) => !equalValues(r[field.name], records[0]![field.name])))
  const title = (record: RecordDoc) => String(record[entity.definition.titleField] ?? '')
  return (
    <>
      <div className="fw-merge-scroll">
        <table className="fw-merge" style={{ '--records': records.length } as CSSProperties}>
          <thead><tr><td />{records.map((r) => <th scope="col" key={r.id}><div>{title(r)}</div><Radio checked={r.id === into} onChange={() => onInto(r.id)}>{t('merge.stays')}</Radio></th>)}</tr></thead>
          <tbody>
            {differing.map((field) => (
              <tr key={field.name}>
                <th scope="row">{label(field.definition.label)}</th>
                {records.map((r) => (
                  <td key={r.id}>
                    <Radio name={field.name} checked={(chosen[field.name] ?? into) === r.id} onChange={() => onChoose(field.name, r.id)} aria-label={`${label(field.definition.label)}: ${title(r)}`}><Value field={field} record={r} cell /></Radio>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="fw-muted">{t('merge.alike')}</p>
    </>
  )
}

/** What will refer to the record that stays. */
function Moving({ entity, from }: { entity: CompiledEntity; from: Id[] }) {
  const t = useText()
  const things = useThings()
  const { data } = useQuery({ queryKey: ['records', entity.name, 'merge-preview', from], queryFn: () => mergePreview(entity.name, from) })
  if (!data) return null
  return <p>{data.items.length > 0 ? t('merge.moves', { things: things(data.items) }) : t('merge.movesNothing')}</p>
}
