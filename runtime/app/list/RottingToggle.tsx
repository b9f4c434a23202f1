import { HourglassOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useText } from '../i18n'
import type { ListState } from './list-state'

/** Only what has lain in its stage for too long; offered where stages say when that is. */
export function RottingToggle({ list }: { list: ListState }) {
  const t = useText()
  if (!list.canRot) return null
  const on = list.rotting !== undefined
  return <Button icon={<HourglassOutlined aria-hidden />} type={on ? 'primary' : 'default'} ghost={on} aria-pressed={on} onClick={() => list.change({ rotting: !on })}>{t('stage.rotting')}</Button>
}
