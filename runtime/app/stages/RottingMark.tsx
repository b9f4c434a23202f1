import { HourglassOutlined } from '@ant-design/icons'
import { Tag } from 'antd'
import type { CompiledEntity } from '../../engine/model'
import { rottingAt } from '../../engine/rotting'
import type { RecordDoc } from '../api'
import { useMoment } from '../format/moments'
import { useText } from '../i18n'
import { useCatalog } from '../session'

/** Says that a record has lain in its stage for too long; nothing while it has not. */
export function RottingMark({ entity, record }: { entity: CompiledEntity; record: RecordDoc }) {
  const t = useText()
  const moment = useMoment()
  const catalog = useCatalog()
  const since = rottingAt(entity, record, catalog)
  if (since === undefined || since > new Date().toISOString()) return null
  return <Tag className="fw-rotting" variant="filled" color="volcano" icon={<HourglassOutlined aria-hidden />} title={t('stage.rottingSince', { at: moment(since) })}>{t('stage.rotting')}</Tag>
}
