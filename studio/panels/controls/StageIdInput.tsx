import { Input, Tooltip } from 'antd'
import { useText } from '../../i18n'
import { usePublished } from '../../workspace/hooks'
import type { PlainControl } from '../control'
import { usePanel, usePlace } from '../PanelContext'
import type { ControlProps } from './props'

/** Records hold the id of their stage: once published, it stays. */
export function StageIdInput({ path, id, label, invalid }: ControlProps<PlainControl>) {
  const { value, type } = usePlace<string>(path)
  const published = usePublished(usePanel().id)
  const t = useText()
  const fixed = published !== undefined && 'stages' in published && published.stages.some((s) => s.id === value)
  return (
    <Tooltip title={fixed ? t('stage.idFixed') : undefined}>
      <Input id={id} aria-label={label} className="st-code" value={value ?? ''} maxLength={60} disabled={fixed} status={invalid ? 'error' : undefined} onChange={(e) => type(e.target.value || undefined)} />
    </Tooltip>
  )
}
