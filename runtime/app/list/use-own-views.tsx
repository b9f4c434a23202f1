import { App, Button, Space } from 'antd'
import type { PersonalView, ViewContent } from '../api'
import { changeView, deleteView, saveView } from '../api/views'
import { useDescribe } from '../components'
import { useText } from '../i18n'
import { useReloadMe } from '../session'
import { flatAllOf, toFilter } from './conditions'
import type { ListState } from './list-state'

const seconds = 10

/** What the list shows now, apart from its columns. */
export function contentOf({ view, conditions, sort, q }: ListState): ViewContent {
  const filter = flatAllOf(view?.filter, toFilter(conditions))
  return { sort: [...sort], ...(filter && { filter }), ...(q && { q }) }
}

/** Saving, changing and deleting own views; each ends with the list showing what came of it. */
export function useOwnViews(entity: string, list: ListState) {
  const t = useText()
  const { message } = App.useApp()
  const reload = useReloadMe()
  const describe = useDescribe()
  const failed = (error: unknown) => void message.error(describe(error))
  const show = async ({ id, name }: PersonalView) => { await reload(); list.change({ view: id }); void message.success(t('view.saved', { name })) }
  const undo = async (key: string, { name, filter, sort, columns, q, default: first }: PersonalView) => {
    message.destroy(key)
    await show(await saveView(entity, { name, default: first, ...(filter && { filter }), ...(sort && { sort }), ...(columns && { columns }), ...(q && { q }) }))
  }
  const remove = async (view: PersonalView) => {
    const key = `view-${view.id}`
    await deleteView(view.id)
    await reload()
    if (list.views[0]) list.change({ view: list.views[0].name })
    void message.success({ key, duration: seconds, content: <Space>{t('view.deleted', { name: view.name })}<Button type="link" size="small" onClick={() => void undo(key, view).catch(failed)}>{t('common.undo')}</Button></Space> })
  }
  const setDefault = async ({ id, name }: PersonalView, first: boolean) => {
    await changeView(id, { default: first })
    await reload()
    void message.success(t(first ? 'view.isDefault' : 'view.isNotDefault', { name }))
  }
  return {
    /** Rejects, so that a dialog can say what is wrong. */
    create: async (name: string, columns: NonNullable<ViewContent['columns']>) => show(await saveView(entity, { name, ...contentOf(list), columns })),
    rename: async (view: PersonalView, name: string, columns: NonNullable<ViewContent['columns']>) => { await changeView(view.id, { name, columns }); await reload() },
    saveChanges: (view: PersonalView) => void changeView(view.id, { filter: null, q: null, ...contentOf(list) }).then(show).catch(failed),
    setDefault: (view: PersonalView, first: boolean) => void setDefault(view, first).catch(failed),
    remove: (view: PersonalView) => void remove(view).catch(failed),
  }
}
