import { ApartmentOutlined } from '@ant-design/icons'
import { Panel, useReactFlow } from '@xyflow/react'
import { Button } from 'antd'
import type { Flow } from '../../../../schemas/generated/types'
import { useText } from '../../../i18n'
import type { FlowCommands } from '../use-flow-commands'

/** Offered once something was moved by hand. */
export function CanvasToolbar({ flow, commands }: { flow: Flow; commands: FlowCommands }) {
  const { fitView } = useReactFlow()
  const t = useText()
  const tidy = () => {
    commands.tidy()
    setTimeout(() => void fitView({ padding: 0.12, maxZoom: 1, duration: 200 }), 60)
  }
  if (Object.keys(flow.layout ?? {}).length === 0) return null
  return <Panel position="top-left"><Button size="small" icon={<ApartmentOutlined />} onClick={tidy} title={t('flow.tidyHint')}>{t('flow.tidy')}</Button></Panel>
}
