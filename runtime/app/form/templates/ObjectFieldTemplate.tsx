import type { ErrorSchema, ObjectFieldTemplateProps } from '@rjsf/utils'
import { useContext, type ReactElement } from 'react'
import { viewOf } from '../../field-views'
import type { FormField } from '../../../../schemas/generated/types'
import { TabbedLayout } from '../../layout/TabbedLayout'
import { fieldsOf, isField, type Tab } from '../../layout/layout'
import { LayoutContext } from '../form-layout'
import { stateOf, useForm } from '../form-model'

/** Lays the fields out as the form definition says. */
export function ObjectFieldTemplate({ properties, errorSchema }: ObjectFieldTemplateProps) {
  const { tabs, active, setActive } = useContext(LayoutContext)
  const contents = new Map(properties.map((property) => [property.name, property.content]))
  const attention = (tab: Tab) => fieldsOf(tab).filter((name) => hasErrors(errorSchema?.[name])).length
  return (
    <TabbedLayout
      tabs={tabs}
      keepAll
      attention={attention}
      active={active}
      onActive={setActive}
      renderItem={(item) => isField(item) && <Cell key={item.field} item={item} content={contents.get(item.field)} />}
    />
  )
}

function Cell({ item, content }: { item: FormField; content: ReactElement | undefined }) {
  const field = useForm((state) => state.rules.entity.fields.get(item.field))
  const visible = useForm((state) => field !== undefined && stateOf(state, field).visible)
  if (!field || !visible || !content) return null
  return <div className={`fw-cell fw-span-${item.span ?? viewOf(field.effective).span ?? 1}`}>{content}</div>
}

const hasErrors = (errors: ErrorSchema | undefined): boolean => errors !== undefined && Object.keys(errors).length > 0
