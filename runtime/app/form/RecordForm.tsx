import Form from '@rjsf/core/lib/components/Form.js'
import type { RJSFValidationError } from '@rjsf/utils'
import { useCallback, useEffect, useImperativeHandle, useMemo, useRef, useState, type Ref } from 'react'
import { flushSync } from 'react-dom'
import { useStore } from 'zustand'
import type { Problem } from '../../../schemas/errors'
import type { Form as FormDefinition } from '../../../schemas/generated/types'
import type { CompiledEntity, CompiledField } from '../../engine/model'
import type { FieldAccess } from '../../engine/write-record'
import type { RecordDoc, Values } from '../api/types'
import { EntityContext } from '../field-views/lines/columns'
import { flushTyped } from '../field-views/inputs/use-typed'
import { useLanguage } from '../i18n'
import { useCatalog } from '../session'
import { dropEmptyRows } from './empty-rows'
import { toErrorSchema } from './errors'
import { LayoutContext, useFormLayout } from './form-layout'
import { changeRules, createFormModel, FormModelContext, type FormModel } from './form-model'
import { RecordField } from './RecordField'
import { FieldRecordContext, useRelated } from './related'
import { useRuleContext } from './rule-context'
import { formSchema, formUiSchema } from './schema'
import { ErrorListTemplate } from './templates/ErrorListTemplate'
import { FieldErrorTemplate } from './templates/FieldErrorTemplate'
import { FieldTemplate } from './templates/FieldTemplate'
import { ObjectFieldTemplate } from './templates/ObjectFieldTemplate'
import { useFocusProblem } from './use-focus-problem'
import { validatorFor } from './validator'
import './form.css'

export interface RecordFormHandle {
  /** Checks the values; calls onSubmit when they are right, shows what is wrong otherwise. */
  submit: () => void
}

interface Props {
  entity: CompiledEntity
  /** Layout; all fields in their order without one. */
  form?: FormDefinition | undefined
  /** Values at first. Give the form another `key` to start anew. */
  initial: Values
  /** The record as it is stored; undefined while it is being created. */
  stored?: RecordDoc | undefined
  access?: (field: string) => FieldAccess
  /** What the server found wrong. */
  problems?: readonly Problem[] | undefined
  onChange?: (value: Values) => void
  onSubmit?: (value: Values) => void
  handle?: Ref<RecordFormHandle>
}

const writable = (): FieldAccess => 'write'
const noForms: FormDefinition[] = []
const fields = { RecordField }
const templates = { ObjectFieldTemplate, FieldTemplate, FieldErrorTemplate, ErrorListTemplate }

/** A record's form: rjsf with our own layout and fields; the one renderer of record pages, action dialogs and the studio's preview. */
export function RecordForm({ entity, form, initial, stored, access = writable, problems, onChange, onSubmit, handle }: Props) {
  const catalog = useCatalog()
  const { model, value, note } = useModel(entity, initial, stored, access, onChange)
  const shown = useCallback((field: CompiledField) => access(field.name) !== 'hidden', [access])
  const { layout, fields: shownFields } = useFormLayout(entity, form, catalog.forms.get(entity.name) ?? noForms, shown)
  const language = useLanguage()
  const schema = useMemo(() => formSchema(shownFields, language), [shownFields, language])
  const uiSchema = useMemo(() => formUiSchema(shownFields), [shownFields])
  const validator = useMemo(() => validatorFor(model), [model])
  const element = useRef<Form>(null)
  const focusProblem = useFocusProblem(layout)
  useImperativeHandle(handle, () => ({ submit: () => { flushSync(() => { flushTyped(); dropEmptyRows(model) }); element.current?.submit() } }), [model])
  const extraErrors = useServerProblems(model, problems)
  return (
    <FormModelContext value={model}>
      <FieldRecordContext value={note}>
        <EntityContext value={entity}>
          <LayoutContext value={layout}>
            <Form
              ref={element}
              className="fw-form"
              idPrefix="f"
              schema={schema}
              uiSchema={uiSchema}
              formData={value}
              validator={validator}
              fields={fields}
              templates={templates}
              noHtml5Validate
              showErrorList="top"
              focusOnFirstError={focusProblem as (error: RJSFValidationError) => void}
              onError={nothing}
              {...(extraErrors && { extraErrors })}
              onSubmit={() => onSubmit?.(model.getState().value)}
              experimental_componentUpdateStrategy="shallow"
            />
          </LayoutContext>
        </EntityContext>
      </FieldRecordContext>
    </FormModelContext>
  )
}

/** The problems are on the screen already; rjsf would write them to the console. */
function nothing(): void {}

/** Values change here and go down to rjsf: its own way of changing copies the whole record with every key. */
function useModel(entity: CompiledEntity, initial: Values, stored: RecordDoc | undefined, access: (field: string) => FieldAccess, onChange: Props['onChange']) {
  const catalog = useCatalog()
  const [latest, setLatest] = useState(initial)
  const { related, note } = useRelated(entity, latest)
  const context = useRuleContext(related)
  const rules = useMemo(() => ({ entity, catalog, context, stored, access }), [entity, catalog, context, stored, access])
  const [model] = useState(() => createFormModel(rules, initial))
  useEffect(() => {
    if (model.getState().rules !== rules) changeRules(model, rules)
  }, [model, rules])
  const value = useStore(model, (state) => state.value)
  const told = useRef(onChange)
  told.current = onChange
  useEffect(() => {
    if (entity.rulesRead.size > 0) setLatest(value)
    told.current?.(value)
  }, [entity, value])
  return { model, value, note }
}

/** Undefined when there are none: rjsf takes an empty object for errors. */
function useServerProblems(model: FormModel, problems: readonly Problem[] | undefined) {
  useEffect(() => model.setState({ problems: [...(problems ?? [])] }), [model, problems])
  const open = useStore(model, (state) => state.problems)
  return useMemo(() => (open.length > 0 ? toErrorSchema(open) : undefined), [open])
}
