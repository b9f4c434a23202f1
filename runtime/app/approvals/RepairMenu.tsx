import { ToolOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import { lazy, Suspense, useState } from 'react'
import type { FlowInstance } from '../api'
import type { Repair } from '../api/flows'
import { useText } from '../i18n'
import { repairable, repairsOf } from './repairs'

const RepairDialog = lazy(() => import('./RepairDialog'))

/** What an administrator of the flow may do with an approval that runs. */
export function RepairMenu({ instance }: { instance: FlowInstance }) {
  const t = useText()
  const approval = repairable(instance)
  const [how, setHow] = useState<Repair>()
  const items = repairsOf(approval).map((key) => ({ key, label: t(`repair.${key}`), danger: key === 'terminate', onClick: () => setHow(key) }))
  return (
    <>
      <Dropdown trigger={['click']} menu={{ items }}><Button size="small" icon={<ToolOutlined aria-hidden />}>{t('repair.title')}</Button></Dropdown>
      {how && <Suspense><RepairDialog key={how} approval={approval} how={how} onClose={() => setHow(undefined)} /></Suspense>}
    </>
  )
}
