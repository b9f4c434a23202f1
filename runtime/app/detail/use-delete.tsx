import { App, Button, Space } from 'antd'
import { useNavigate } from 'react-router'
import type { CompiledEntity } from '../../engine/model'
import type { RecordDoc } from '../api'
import { deleteRecord, restoreRecord } from '../api/records'
import { useAfterWrite } from '../api/queries'
import { useDescribe } from '../components'
import { useText } from '../i18n'

const seconds = 10

/** Deletes at once and offers to take it back, or says that the deletion waits for approval. */
export function useDelete(entity: CompiledEntity, record: RecordDoc): () => void {
  const t = useText()
  const go = useNavigate()
  const { message } = App.useApp()
  const describe = useDescribe()
  const refresh = useAfterWrite()
  const key = `deleted-${record.id}`
  const failed = (error: unknown) => void message.error(describe(error))
  const undo = async () => {
    message.destroy(key)
    await restoreRecord(entity.name, record.id)
    void refresh()
    void go(`/${entity.name}/${record.id}`)
  }
  const remove = async () => {
    const held = await deleteRecord(entity.name, record.id, record.rev)
    if (held) {
      void refresh()
      return void message.success(t('detail.deletionHeld'))
    }
    void go(`/${entity.name}`)
    void refresh(record.id)
    const title = String(record[entity.definition.titleField] ?? '')
    void message.success({ key, duration: seconds, content: <Space>{t('detail.deleted', { title })}<Button type="link" size="small" onClick={() => void undo().catch(failed)}>{t('common.undo')}</Button></Space> })
  }
  return () => void remove().catch(failed)
}
