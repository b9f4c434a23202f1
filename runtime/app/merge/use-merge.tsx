import { App, Button, Space } from 'antd'
import type { CompiledEntity } from '../../engine/model'
import type { Id } from '../api'
import { unmergeRecords } from '../api/records'
import { useAfterWrite } from '../api/queries'
import { useDescribe } from '../components'
import { useLabel, useList, useText } from '../i18n'
import { useCatalog } from '../session'

const seconds = 10

/** Undoes the last merge into a record and says what was left as it is. */
export function useUnmerge(entity: CompiledEntity): (id: Id) => void {
  const t = useText()
  const label = useLabel()
  const { entities } = useCatalog()
  const list = useList()
  const { message } = App.useApp()
  const describe = useDescribe()
  const refresh = useAfterWrite()
  const run = async (id: Id) => {
    const { kept } = await unmergeRecords(entity.name, id)
    void refresh()
    if (kept.length === 0) return void message.success(t('merge.undone'))
    const named = kept.map((k) => [k.title, label(entities.get(k.entity)?.fields.get(k.field)?.definition.label)].filter(Boolean).join(' · '))
    void message.warning({ content: t('merge.kept', { things: list(named) }), duration: seconds })
  }
  return (id) => void run(id).catch((error: unknown) => message.error(describe(error)))
}

/** Says that records were merged and offers to take it back. */
export function useTellMerged(entity: CompiledEntity): (id: Id) => void {
  const t = useText()
  const { message } = App.useApp()
  const unmerge = useUnmerge(entity)
  return (id) => {
    const key = `merged-${id}`
    const undo = () => { message.destroy(key); unmerge(id) }
    void message.success({ key, duration: seconds, content: <Space>{t('merge.done')}<Button type="link" size="small" onClick={undo}>{t('common.undo')}</Button></Space> })
  }
}
