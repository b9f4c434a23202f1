/** Input of an action: fields of its own, checked like those of a record. */
import { defaultOf, entityOfFields, isEmpty, mergeInput, missing, type CompiledEntity, type CompiledField, type WireRecord } from '../../runtime/engine'
import type { ExpressionValue, Scope } from '../../schemas/expressions'
import { invalid, type Problem } from '../../schemas/errors'
import type { Action } from '../../schemas/generated/types'
import { shapeProblems } from '../../schemas/validate'

const memo = new WeakMap<Action, CompiledEntity>()

/** An action's input as an entity without a table, so that the one way of checking input serves it too. */
export function inputEntity(action: Action): CompiledEntity {
  let entity = memo.get(action)
  if (!entity) memo.set(action, (entity = entityOfFields(action.name, action.label, action.input ?? [])))
  return entity
}

export function defaultsOf(action: Action, scope: Scope): WireRecord {
  return Object.fromEntries(inputEntity(action).own.map((f) => [f.name, defaultOf(f, scope)]))
}

/** Canonical input with defaults, as wire values; fails with every problem. */
export function checkedInput(action: Action, input: WireRecord, scope: Scope, newId: () => string): WireRecord {
  const entity = inputEntity(action)
  const { record, problems } = mergeInput(entity, input, { stored: undefined, shape: shapeProblems, access: () => 'write', byPerson: true, newId })
  const complete = { ...Object.fromEntries(entity.own.filter((f) => record[f.name] === undefined).map((f) => [f.name, defaultOf(f, scope)])), ...record }
  const all = problems.length > 0 ? problems : requiredProblems(entity.own, complete)
  if (all.length > 0) throw invalid(all.map((p): Problem => ({ ...p, path: `/input${p.path}` })))
  return complete
}

const requiredProblems = (fields: CompiledField[], record: WireRecord) => fields.filter((f) => f.definition.required && isEmpty(record[f.name])).map((f) => missing(`/${f.name}`, f))

export function inputValue(action: Action, input: WireRecord): ExpressionValue {
  return Object.fromEntries(inputEntity(action).own.map((f) => [f.name, f.type.toExpression(input[f.name] ?? null, f.definition)]))
}
