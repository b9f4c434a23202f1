import { Button, Segmented } from 'antd'
import { usePhone } from '../components'
import { useLabel, useText } from '../i18n'
import { ConditionTags } from './ConditionTags'
import { filterableFields, quickFields } from './fields'
import { FilterPopover } from './FilterPopover'
import { isQuick, QuickFilters } from './QuickFilters'
import type { ListViewProps } from './list-view'

/** Which view, and which of its records. */
export function ListToolbar({ entity, rights, list }: ListViewProps) {
  const t = useText()
  const phone = usePhone()
  const quick = phone ? [] : quickFields(entity, list.view, rights)
  const others = list.conditions.filter((condition) => !isQuick(condition, quick))
  const quickOnes = list.conditions.filter((condition) => isQuick(condition, quick))
  const fields = filterableFields(entity, rights)
  const filtered = list.conditions.length > 0 || list.q !== ''
  return (
    <div className="fw-toolbar">
      <ViewSwitch list={list} />
      <div className="fw-toolbar-filters">
        <QuickFilters fields={quick} conditions={list.conditions} onChange={(conditions) => list.change({ conditions })} />
        <FilterPopover fields={fields} conditions={others} onChange={(next) => list.change({ conditions: [...quickOnes, ...next] })} />
        {filtered && <Button type="link" size="small" onClick={() => list.change({ conditions: [], q: '' })}>{t('filter.clear')}</Button>}
      </div>
      <ConditionTags entity={entity} conditions={others} onRemove={(condition) => list.change({ conditions: list.conditions.filter((c) => c !== condition) })} />
    </div>
  )
}

function ViewSwitch({ list }: { list: ListViewProps['list'] }) {
  const t = useText()
  const label = useLabel()
  if (list.views.length < 2) return null
  const options = list.views.map((view) => ({ value: view.name, label: label(view.label) }))
  return (
    <div className="fw-views" role="group" aria-label={t('list.views')}>
      <Segmented options={options} value={list.view?.name ?? ''} onChange={(view) => list.change({ view })} />
    </div>
  )
}
