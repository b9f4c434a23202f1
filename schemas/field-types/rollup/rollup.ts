import type { Field, RollupField } from '../../generated/types'
import { computed } from '../computed'

/**
 * A count is a whole number, an average a decimal; the others have the type of what they add up, which compiling the catalog
 * puts into `of`.
 */
export const rollup = { ...computed<RollupField & { of?: Field }>((field) => {
  const identity = { name: field.name, uid: field.uid, label: field.label }
  if (field.rollup.op === 'count') return { ...identity, type: 'integer' }
  if (field.rollup.op === 'avg') return { ...identity, type: 'decimal', scale: (field.of as { scale?: number } | undefined)?.scale ?? 2 }
  return { ...(field.of ?? { type: 'decimal' }), ...identity } as Field
}), ofRecord: true }
