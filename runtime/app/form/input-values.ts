import type { CompiledEntity, CompiledField } from '../../engine/model'
import { equalValues, isEmpty, type FieldAccess } from '../../engine/write-record'
import type { RecordDoc, Values } from '../api/types'

/**
 * What a form sends: when creating, everything given; when changing, what differs from the stored record. Never what the person
 * may not write or the engine computes.
 */
export function inputValues(entity: CompiledEntity, value: Values, stored: RecordDoc | undefined, access: (field: string) => FieldAccess): Values {
  const sent: Values = {}
  for (const field of entity.fields.values()) {
    const { name } = field
    if (field.computed || field.definition.readOnly || access(name) !== 'write' || value[name] === undefined) continue
    if (stored ? !equalValues(value[name], stored[name]) : !isEmpty(value[name]) || hasDefault(field)) sent[name] = value[name] ?? null
  }
  return sent
}

/** An emptied default is sent, or the server would fill it in again. */
const hasDefault = ({ definition }: CompiledField) => definition.default !== undefined || definition.defaultExpr !== undefined

/** Whether anything was typed that is not saved. */
export function isChanged(entity: CompiledEntity, value: Values, before: Values): boolean {
  return [...entity.fields.values()].some(({ name, computed }) => !computed && !equalValues(value[name], before[name]))
}
