import { AimOutlined, ApartmentOutlined } from '@ant-design/icons'
import { Panel, useReactFlow } from '@xyflow/react'
import { Button, Space } from 'antd'
import type { Flow } from '../../../../schemas/generated/types'
import { useText } from '../../../i18n'
import type { FlowCommands } from '../use-flow-commands'

export function CanvasToolbar({ flow, commands }: { flow: Flow; commands: FlowCommands }) {
  const { fitView } = useReactFlow()
  const t = useText()
  const tidy = () => {
    commands.tidy()
    setTimeout(() => void fitView({ padding: 0.12, maxZoom: 1, duration: 200 }), 60)
  }
  const moved = Object.keys(flow.layout ?? {}).length > 0
  return (
    <Panel position="top-left">
      <Space.Compact>
        <Button size="small" icon={<ApartmentOutlined />} onClick={tidy} disabled={!moved} title={t('flow.tidyHint')}>{t('flow.tidy')}</Button>
        <Button size="small" icon={<AimOutlined />} onClick={() => void fitView({ padding: 0.12, maxZoom: 1, duration: 200 })}>{t('flow.fit')}</Button>
      </Space.Compact>
    </Panel>
  )
}
