import { HistoryOutlined, PlayCircleOutlined, SwapOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { Flow } from '../../../../schemas/generated/types'
import { useText } from '../../../i18n'
import { useParam } from '../../common/use-at'
import type { Chosen } from '../canvas/CanvasContext'
import { useInsight } from './insight'
import type { Look } from './look'
import { MigrateDialog } from './MigrateDialog'
import { ReplayDialog } from './ReplayDialog'
import { TrialPanel } from './TrialPanel'
import { useTrial } from './use-trial'

/** What can be drawn over the flow; which of it is, stands in the address. */
export function useLooks(flow: Flow, choose: (chosen: Chosen) => void) {
  const t = useText()
  const [name, show] = useParam('look')
  const trial = useTrial(flow)
  const looks: Record<string, Look> = {
    insight: useInsight(flow, name === 'insight'),
    replay: { icon: <HistoryOutlined />, title: 'replay.title', layer: undefined, side: undefined, below: name === 'replay' && <ReplayDialog flow={flow} onClose={() => show(undefined)} /> },
    migrate: { icon: <SwapOutlined />, title: 'migrate.title', layer: undefined, side: undefined, below: name === 'migrate' && <MigrateDialog flow={flow} onClose={() => show(undefined)} /> },
    trial: { icon: <PlayCircleOutlined />, title: 'trial.title', layer: trial.layer, side: <TrialPanel flow={flow} trial={trial} choose={choose} /> },
  }
  const look = name === undefined ? undefined : looks[name]
  const buttons = Object.entries(looks).map(([key, { icon, title }]) => (
    <Button key={key} size="small" icon={icon} type={key === name ? 'primary' : 'default'} aria-pressed={key === name} aria-label={t(title)} title={t(title)} onClick={() => show(key === name ? undefined : key)}>{t(title)}</Button>
  ))
  return { side: look?.side === undefined ? undefined : { title: t(look.title), content: look.side }, layer: look?.layer, below: look?.below, buttons, close: () => show(undefined) }
}
