import { Button } from 'antd'
import type { ReactNode } from 'react'
import { usePhone } from '../components'
import { useText } from '../i18n'
import { ConditionTags } from './ConditionTags'
import { filterableFields, quickFields } from './fields'
import { FilterPopover } from './FilterPopover'
import { isQuick, QuickFilters } from './QuickFilters'
import { RottingToggle } from './RottingToggle'
import type { ListViewProps } from './list-view'

/** Which records of the view; `tools` belong to the view's look. */
export function ListToolbar({ entity, rights, list, tools }: ListViewProps & { tools?: ReactNode }) {
  const t = useText()
  const phone = usePhone()
  const quick = phone ? [] : quickFields(entity, list.view, rights)
  const others = list.conditions.filter((condition) => !isQuick(condition, quick))
  const quickOnes = list.conditions.filter((condition) => isQuick(condition, quick))
  const fields = filterableFields(entity, rights)
  const filtered = list.conditions.length > 0 || list.q !== '' || list.rotting !== undefined
  return (
    <div className="fw-toolbar">
      <div className="fw-toolbar-filters">
        {tools}
        <QuickFilters fields={quick} conditions={list.conditions} onChange={(conditions) => list.change({ conditions })} />
        <FilterPopover fields={fields} conditions={others} onChange={(next) => list.change({ conditions: [...quickOnes, ...next] })} />
        <RottingToggle list={list} />
        {filtered && <Button type="link" size="small" onClick={() => list.change({ conditions: [], q: '', rotting: false })}>{t('filter.clear')}</Button>}
      </div>
      <ConditionTags entity={entity} conditions={others} words={list.own?.q === list.q ? list.q : ''} onForget={() => list.change({ q: '' })} onRemove={(condition) => list.change({ conditions: list.conditions.filter((c) => c !== condition) })} />
    </div>
  )
}
