import type { CompiledField } from '../../engine/model'
import { isEmpty } from '../../engine/write-record'
import type { Field } from '../../../schemas/generated/types'
import type { RecordDoc, Values } from '../api/types'

/**
 * What choosing a record fills in: fields that are empty, or still hold what an earlier choice filled in (`copied`, which is
 * brought up to date). What a person typed stays.
 */
export function copyFrom(reference: Field, fields: CompiledField[], record: Values, picked: RecordDoc, copied: Values): Values {
  const copy = ('copy' in reference && reference.copy) || {}
  const changes: Values = {}
  for (const [here, there] of Object.entries(copy)) {
    const target = fields.find((field) => field.name === here)
    if (!target || target.computed || !(isEmpty(record[here]) || record[here] === copied[here])) continue
    changes[here] = picked[there] ?? null
    copied[here] = changes[here]
  }
  return changes
}
