import { isMask, maskSign } from '../../../schemas/field-types/mask'
import type { CompiledField } from '../../engine/model'
import type { Values } from '../api/types'
import { viewOf } from './index'

/** A field's value of a record, as people read it. */
export function Value({ field, record, cell }: { field: CompiledField; record: Values; cell?: boolean }) {
  if (isMask(record[field.name])) return <>{maskSign}</>
  const { Show } = viewOf(field.effective)
  return <Show field={field.effective} value={record[field.name]} record={record} {...(cell && { cell })} />
}
