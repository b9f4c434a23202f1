import { Badge, Tabs } from 'antd'
import { useContext, type ReactNode } from 'react'
import type { FormSection } from '../../../schemas/generated/types'
import { useLabel } from '../i18n'
import { EntityContext } from '../field-views/lines/columns'
import { isField, type Item, type Tab } from './layout'
import './layout.css'

interface Props {
  tabs: Tab[]
  renderItem: (item: Item) => ReactNode
  active?: string | undefined
  onActive?: (id: string) => void
  /** Number beside a tab: what needs attention there. */
  attention?: (tab: Tab) => number
  /** Keep tabs that are not shown, as a form must. */
  keepAll?: boolean
}

/** Tabs of sections of items, three columns wide where there is room. A single tab needs no tab bar. */
export function TabbedLayout({ tabs, renderItem, active, onActive, attention, keepAll }: Props) {
  const label = useLabel()
  const only = tabs.length === 1 ? tabs[0] : undefined
  if (only) return <Sections sections={only.sections} renderItem={renderItem} />
  const items = tabs.map((tab) => ({
    key: tab.id,
    label: <Badge size="small" offset={[8, 0]} count={attention?.(tab) ?? 0}>{label(tab.label)}</Badge>,
    children: <Sections sections={tab.sections} renderItem={renderItem} />,
    forceRender: keepAll ?? false,
  }))
  return <Tabs items={items} {...(active !== undefined && { activeKey: active })} {...(onActive && { onChange: onActive })} />
}

/** A first item called like its section needs no label of its own. */
function Sections({ sections, renderItem }: { sections: FormSection[]; renderItem: (item: Item) => ReactNode }) {
  const label = useLabel()
  const entity = useContext(EntityContext)
  const nameOf = (item: Item) => label(isField(item) ? entity?.fields.get(item.field)?.definition.label : item.label)
  const isEcho = ({ label: title, items: [first] }: FormSection) => first !== undefined && title !== undefined && nameOf(first) === label(title)
  return sections.map((section) => (
    <section key={section.id} className={isEcho(section) ? 'fw-section fw-section-echo' : 'fw-section'}>
      {section.label && <h2 className="fw-section-title">{label(section.label)}</h2>}
      <div className="fw-grid">{section.items.map(renderItem)}</div>
    </section>
  ))
}
