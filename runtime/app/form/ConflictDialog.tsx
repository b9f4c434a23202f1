import { Button, Modal, Skeleton } from 'antd'
import { useQuery } from '@tanstack/react-query'
import type { CompiledEntity } from '../../engine/model'
import { equalValues } from '../../engine/write-record'
import type { RecordDoc, Values } from '../api'
import { getRecord } from '../api/records'
import { FailedState } from '../components'
import { Value } from '../field-views/Value'
import { useLabel, useText } from '../i18n'
import { useTitle } from '../titles/titles'

interface Props {
  entity: CompiledEntity
  opened: RecordDoc
  mine: Values
  onClose: () => void
  onSettle: (record: RecordDoc, changes: Values) => void
}

/** Somebody else saved first: shows what they changed beside what one typed, and goes on from there. Nothing is lost either way. */
export function ConflictDialog({ entity, opened, mine, onClose, onSettle }: Props) {
  const t = useText()
  const theirs = useQuery({ queryKey: ['conflict', entity.name, opened.id, opened.rev], queryFn: () => getRecord(entity.name, opened.id), staleTime: 0, gcTime: 0 })
  const who = useTitle(theirs.data?.updatedBy as string | undefined)
  const settle = (changes: Values) => () => { if (theirs.data) onSettle(theirs.data, changes) }
  const footer = [
    <Button key="reload" onClick={settle({})} disabled={!theirs.data}>{t('conflict.takeTheirs')}</Button>,
    <Button key="keep" type="primary" onClick={settle(mine)} disabled={!theirs.data}>{t('conflict.keepMine')}</Button>,
  ]
  return (
    <Modal open title={t('conflict.title')} width={720} onCancel={onClose} footer={footer}>
      <p>{who ? t('conflict.textBy', { who }) : t('conflict.text')}</p>
      {theirs.error && <FailedState error={theirs.error} />}
      {theirs.isPending && <Skeleton active />}
      {theirs.data && <Differences entity={entity} opened={opened} mine={mine} theirs={theirs.data} />}
    </Modal>
  )
}

function Differences({ entity, opened, mine, theirs }: { entity: CompiledEntity; opened: RecordDoc; mine: Values; theirs: RecordDoc }) {
  const t = useText()
  const label = useLabel()
  const fields = entity.own.filter(({ name, computed }) => name in mine || (!computed && !equalValues(opened[name], theirs[name])))
  return (
    <div className="fw-lines-scroll">
      <table className="fw-lines">
        <thead><tr><th scope="col">{t('filter.field')}</th><th scope="col">{t('conflict.theirs')}</th><th scope="col">{t('conflict.mine')}</th></tr></thead>
        <tbody>
          {fields.map((field) => (
            <tr key={field.name}>
              <th scope="row">{label(field.definition.label)}</th>
              <td>{equalValues(opened[field.name], theirs[field.name]) ? <span className="fw-muted">{t('conflict.unchanged')}</span> : <Value field={field} record={theirs} />}</td>
              <td>{field.name in mine ? <Value field={field} record={{ ...theirs, ...mine }} /> : <span className="fw-muted">{t('conflict.unchanged')}</span>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
