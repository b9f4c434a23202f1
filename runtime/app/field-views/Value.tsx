import { isMasked } from '../../../schemas/field-types/mask'
import type { CompiledField } from '../../engine/model'
import type { Values } from '../api/types'
import { viewOf } from './index'

/** A field's value of a record, as people read it. */
export function Value({ field, record, cell }: { field: CompiledField; record: Values; cell?: boolean }) {
  const value = record[field.name]
  // What is left of it leads nowhere: no number to dial, no address to open.
  if (isMasked(value)) return <>{value}</>
  const { Show } = viewOf(field.effective)
  return <Show field={field.effective} value={value} record={record} {...(cell && { cell })} />
}
