import { createRecord } from '../api/records'
import type { Values } from '../api'
import { Forbidden } from '../components'
import { PageSkeleton } from '../components/PageSkeleton'
import { useLabel, useText } from '../i18n'
import { useEntity, useRights } from '../session'
import { accessBy } from './access'
import { inputValues } from './input-values'
import { RecordEditor, type SaveOptions } from './RecordEditor'
import { useNewValues } from './use-new-values'

export function CreateRecord({ entity: name }: { entity: string }) {
  const t = useText()
  const label = useLabel()
  const entity = useEntity(name)!
  const rights = useRights(name)
  const initial = useNewValues(entity)
  const access = accessBy(rights)
  if (!rights.create) return <Forbidden />
  if (!initial) return <PageSkeleton />
  const save = async (value: Values, options: SaveOptions) => createRecord(name, inputValues(entity, value, undefined, access), options)
  return <RecordEditor entity={entity} initial={initial} access={access} save={save} title={t('form.new', { entity: label(entity.definition.label) })} />
}
