import { App, Button } from 'antd'
import { useNavigate } from 'react-router'
import type { CreatedRecord } from '../api'
import { useLabel, useList, useText } from '../i18n'
import { useCatalog } from '../session'
import { learnTitles } from '../titles/titles'

/** Says what came into being and offers to go there. */
export function useAnnounceCreated(): (created: CreatedRecord[]) => void {
  const { notification } = App.useApp()
  const t = useText()
  const label = useLabel()
  const { entities } = useCatalog()
  const go = useNavigate()
  const list = useList()
  return (created) => {
    learnTitles(Object.fromEntries(created.map(({ id, title }) => [id, title])))
    const [first] = created
    if (!first) return
    const key = `created-${first.id}`
    const open = () => { notification.destroy(key); void go(`/${first.entity}/${first.id}`) }
    const entity = label(entities.get(first.entity)?.definition.label)
    notification.success({
      key,
      title: created.length === 1 ? t('action.created', { entity }) : t('action.createdMany', { entity, count: created.length }),
      description: list(created.slice(0, 3).map(({ title }) => title)) + (created.length > 3 ? ' …' : ''),
      actions: <Button type="primary" size="small" onClick={open}>{t('common.open')}</Button>,
    })
  }
}
