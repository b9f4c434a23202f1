import { createContext, useContext } from 'react'
import { createStore, useStore, type StoreApi } from 'zustand'
import { computeRecord } from '../../engine/compute-record'
import type { Catalog, CompiledEntity, CompiledField, RuleContext } from '../../engine/model'
import { fieldStates, type FieldAccess, type FieldState } from '../../engine/write-record'
import type { Problem } from '../../../schemas/errors'
import type { RecordDoc, Values } from '../api/types'

/** Everything the rules of a form need besides the values. Replaced when a new release arrives; the values stay. */
export interface FormRules {
  entity: CompiledEntity
  catalog: Catalog
  context: RuleContext
  stored: RecordDoc | undefined
  access: (field: string) => FieldAccess
}

export interface FormState {
  rules: FormRules
  /** As typed, with formulas and totals computed. */
  value: Values
  states: Map<string, FieldState>
  /** What the server said about these values; a problem goes when its field is changed. */
  problems: Problem[]
}

export type FormModel = StoreApi<FormState>

export function createFormModel(rules: FormRules, initial: Values): FormModel {
  return createStore<FormState>(() => ({ ...derive(rules, initial), problems: [] }))
}

export function changeValues(model: FormModel, changes: Values): void {
  model.setState(({ rules, value, problems }) => ({
    ...derive(rules, { ...value, ...changes }),
    problems: problems.filter((problem) => !Object.keys(changes).some((name) => problem.path.split('/')[1] === name)),
  }))
}

export function changeRules(model: FormModel, rules: FormRules): void {
  model.setState(({ value }) => derive(rules, value))
}

/** The one place where values are computed while typing; the server computes the same with the same engine. */
function derive(rules: FormRules, typed: Values): Pick<FormState, 'rules' | 'value' | 'states'> {
  const { entity, catalog, context, stored } = rules
  const { record } = computeRecord(entity, typed, context, catalog)
  return { rules, value: record, states: fieldStates(entity, record, stored, context, catalog) }
}

export function stateOf({ rules, states }: FormState, field: CompiledField): FieldState {
  const state = states.get(field.name) ?? { visible: true, required: false, readOnly: field.definition.readOnly === true, locked: false }
  return rules.access(field.name) === 'write' ? state : { ...state, readOnly: true, required: false }
}

export const FormModelContext = createContext<FormModel | undefined>(undefined)

export function useFormModel(): FormModel {
  const model = useContext(FormModelContext)
  if (!model) throw new Error('This belongs inside a RecordForm')
  return model
}

/** Selects from the form; return plain values, or `useShallow` pieces, so that typing elsewhere does not draw it again. */
export function useForm<T>(select: (state: FormState) => T): T {
  return useStore(useFormModel(), select)
}
