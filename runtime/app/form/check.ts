import { completeRecord, mergeInput } from '../../engine/write-record'
import type { Problem } from '../../../schemas/errors'
import { newKey } from '../api/client'
import { stateOf, type FormState } from './form-model'
import { inputValues } from './input-values'
import { shape } from './shape'

/** Every problem of the values, found by the engine the server uses, before anything is sent. */
export function checkForm(state: FormState): Problem[] {
  const { rules: { entity, catalog, context, stored, access }, value } = state
  const merged = mergeInput(entity, inputValues(entity, value, stored, access), { stored, shape, access, byPerson: true, newId: newKey })
  if (merged.problems.length > 0) return merged.problems
  const { problems } = completeRecord(entity, merged.record, { stored, context, catalog, byPerson: true })
  return problems.filter((problem) => isForPerson(state, problem))
}

/** What a person cannot change here is for the server to fill in, or to refuse. */
function isForPerson(state: FormState, { path }: Problem): boolean {
  const field = state.rules.entity.fields.get(path.split('/')[1] ?? '')
  return !field || !stateOf(state, field).readOnly
}
