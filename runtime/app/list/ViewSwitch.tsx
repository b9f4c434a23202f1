import { Segmented } from 'antd'
import { useLabel, useText } from '../i18n'
import type { ListState } from './list-state'

/** The published views of the entity, side by side. */
export function ViewSwitch({ list }: { list: ListState }) {
  const t = useText()
  const label = useLabel()
  if (list.views.length < 2 && !list.own) return null
  const options = list.views.map((view) => ({ value: view.name, label: label(view.label) }))
  return (
    <div className="fw-views" role="group" aria-label={t('list.views')}>
      <Segmented options={options} value={list.own ? '' : (list.view?.name ?? '')} onChange={(view) => list.change({ view })} />
    </div>
  )
}
