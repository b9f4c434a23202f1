import { createContext, useMemo, useState } from 'react'
import type { Form } from '../../../schemas/generated/types'
import type { CompiledEntity, CompiledField } from '../../engine/model'
import { fieldsOf, isField, layoutTabs, type Tab } from '../layout/layout'

interface FormLayout {
  tabs: Tab[]
  active: string | undefined
  setActive: (id: string) => void
}

export const LayoutContext = createContext<FormLayout>({ tabs: [], active: undefined, setActive: () => {} })

/** Where a form's fields stand, which of them there are, and which tab is open. */
export function useFormLayout(entity: CompiledEntity, form: Form | undefined, forms: Form[], shown: (field: CompiledField) => boolean) {
  const tabs = useMemo(
    () => layoutTabs(entity, form, forms, (item) => isField(item) && isShown(entity.fields.get(item.field), shown)),
    [entity, form, forms, shown],
  )
  const [wanted, setActive] = useState<string>()
  const active = tabs.some((tab) => tab.id === wanted) ? wanted : tabs[0]?.id
  const layout = useMemo(() => ({ tabs, active, setActive }), [tabs, active])
  const fields = useMemo(() => [...new Set(tabs.flatMap(fieldsOf))].map((name) => entity.fields.get(name)!), [tabs, entity])
  return { layout, fields }
}

const isShown = (field: CompiledField | undefined, shown: (field: CompiledField) => boolean) => field !== undefined && !field.definition.hidden && shown(field)
