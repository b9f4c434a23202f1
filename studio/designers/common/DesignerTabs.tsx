import { Badge, Tabs } from 'antd'
import type { ReactNode } from 'react'
import { usePanel } from '../../panels/PanelContext'
import { useAt, useParam } from './use-at'

export interface DesignerTab {
  key: string
  label: string
  children: ReactNode
  /** First members of the places it shows; problems there are counted on it, and links lead to it. */
  shows?: readonly string[]
  /** Shows every place that no other tab shows. */
  rest?: boolean
}

/** The tabs of a designer. A link to a place opens the tab that shows it. */
export function DesignerTabs({ items, fill }: { items: readonly DesignerTab[]; fill?: boolean }) {
  const [chosen, choose] = useParam('tab')
  const at = useAt()
  const { problems } = usePanel()
  const tabOf = (member: string | number | undefined) => items.find((i) => i.shows?.includes(String(member))) ?? items.find((i) => i.rest)
  const active = (at && tabOf(at[0])?.key) ?? chosen ?? items[0]!.key
  const count = (tab: DesignerTab) => problems.filter((p) => tabOf(p.path.split('/')[1]) === tab).length
  return (
    <Tabs className={fill ? 'st-tabs st-tabs-fill' : 'st-tabs'} activeKey={active} onChange={(key) => choose(key === items[0]!.key ? undefined : key)} destroyOnHidden
      items={items.map((tab) => ({ key: tab.key, label: <Badge count={count(tab)} size="small" offset={[8, -2]}>{tab.label}</Badge>, children: tab.children }))} />
  )
}
