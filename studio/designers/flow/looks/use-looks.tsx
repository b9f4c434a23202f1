import { PlayCircleOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import type { Flow } from '../../../../schemas/generated/types'
import { useText, type TextKey } from '../../../i18n'
import { useParam } from '../../common/use-at'
import type { Chosen } from '../canvas/CanvasContext'
import type { Layer } from './layer'
import { TrialPanel } from './TrialPanel'
import { useTrial } from './use-trial'

/** Something that is drawn over the flow, with its panel beside it and what stands below. */
export interface Look { icon: ReactNode; title: TextKey; layer: Layer | undefined; side: ReactNode; below?: ReactNode }

/** What can be drawn over the flow; which of it is, stands in the address. */
export function useLooks(flow: Flow, choose: (chosen: Chosen) => void) {
  const t = useText()
  const [name, show] = useParam('look')
  const trial = useTrial(flow)
  const looks: Record<string, Look> = {
    trial: { icon: <PlayCircleOutlined />, title: 'trial.title', layer: trial.layer, side: <TrialPanel flow={flow} trial={trial} choose={choose} /> },
  }
  const look = name === undefined ? undefined : looks[name]
  const buttons = Object.entries(looks).map(([key, { icon, title }]) => (
    <Button key={key} size="small" icon={icon} type={key === name ? 'primary' : 'default'} aria-pressed={key === name} onClick={() => show(key === name ? undefined : key)}>{t(title)}</Button>
  ))
  return { side: look && { title: t(look.title), content: look.side }, layer: look?.layer, below: look?.below, buttons, close: () => show(undefined) }
}
