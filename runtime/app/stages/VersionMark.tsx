import { HistoryOutlined } from '@ant-design/icons'
import { Tag } from 'antd'
import { formerOf, type CompiledEntity } from '../../engine/model'
import type { RecordDoc } from '../api'
import { useText } from '../i18n'
import { useCatalog } from '../session'

/** Says that a record goes on by a former version of its pipeline; nothing where it goes by the one in force. */
export function VersionMark({ entity, record }: { entity: CompiledEntity; record: RecordDoc }) {
  const t = useText()
  const former = formerOf(useCatalog(), entity, record)
  if (!former) return null
  return <Tag className="fw-version" variant="filled" icon={<HistoryOutlined aria-hidden />} title={t('pipeline.goesBy')}>{t('pipeline.version', { version: former.version })}</Tag>
}
