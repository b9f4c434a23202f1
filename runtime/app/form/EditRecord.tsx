import { Alert } from 'antd'
import { useState } from 'react'
import type { CompiledEntity } from '../../engine/model'
import { isProblem, type Commands, type Id, type RecordDoc, type Values } from '../api'
import { updateRecord } from '../api/records'
import { useCommands, useRecord } from '../api/queries'
import { FailedState, Forbidden } from '../components'
import { PageSkeleton } from '../components/PageSkeleton'
import { useMessage } from '../i18n'
import { useEntity, useRights } from '../session'
import { accessBy } from './access'
import { ConflictDialog } from './ConflictDialog'
import { inputValues } from './input-values'
import { RecordEditor, type SaveOptions } from './RecordEditor'

export function EditRecord({ entity: name, id }: { entity: string; id: Id }) {
  const entity = useEntity(name)!
  const say = useMessage()
  const record = useRecord(name, id)
  const commands = useCommands(name, id)
  const error = record.error ?? commands.error
  if (error) return <FailedState error={error} onRetry={() => void record.refetch()} />
  if (!record.data || !commands.data) return <PageSkeleton />
  if (commands.data.locked) return <div className="fw-page"><Alert type="warning" showIcon title={say({ path: '', code: 'inApproval' })} /></div>
  if (!commands.data.update) return <Forbidden />
  return <Editing entity={entity} fresh={record.data} commands={commands.data} />
}

/** Works on the revision that was opened; a newer one is met when saving. */
function Editing({ entity, fresh, commands }: { entity: CompiledEntity; fresh: RecordDoc; commands: Commands }) {
  const [opened, setOpened] = useState({ record: fresh, initial: fresh as Values })
  const [mine, setMine] = useState<Values>()
  const stored = fresh.rev === opened.record.rev ? fresh : opened.record
  const rights = useRights(entity.name)
  const access = accessBy(rights, commands)
  const save = async (value: Values, options: SaveOptions) => {
    const changes = inputValues(entity, value, stored, access)
    try {
      return Object.keys(changes).length === 0 ? stored : await updateRecord(entity.name, stored.id, stored.rev, changes, options)
    } catch (error) {
      if (isProblem(error, 412)) setMine(changes)
      throw error
    }
  }
  const settle = (record: RecordDoc, changes: Values) => {
    setOpened({ record, initial: { ...record, ...changes } })
    setMine(undefined)
  }
  return (
    <>
      <RecordEditor key={opened.record.rev} entity={entity} initial={opened.initial} stored={stored} access={access} save={save} title={String(stored[entity.definition.titleField] ?? '')} />
      {mine && <ConflictDialog entity={entity} opened={stored} mine={mine} onClose={() => setMine(undefined)} onSettle={settle} />}
    </>
  )
}
