import type { CompiledEntity, CompiledField } from '../../engine/model'
import type { RecordDoc } from '../api'
import { ChoiceTag } from '../field-views/ChoiceTag'
import { canSee, useRights } from '../session'

/** Tags beside a title at most. */
const most = 3

/** The states of a record: choices that only the engine sets. */
export function StatusTags({ entity, record }: { entity: CompiledEntity; record: RecordDoc }) {
  const rights = useRights(entity.name)
  const fields = entity.own.filter((field) => isState(field) && canSee(field, rights) && record[field.name]).slice(0, most)
  return fields.map((field) => <ChoiceTag key={field.name} options={field.effectiveType.options?.(field.effective)} value={String(record[field.name])} tag />)
}

const isState = (field: CompiledField) =>
  field.definition.readOnly === true && field.effectiveType.storage === 'text' && field.effectiveType.options?.(field.effective)?.some((option) => option.color) === true
