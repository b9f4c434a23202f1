import { Button } from 'antd'
import { Link } from 'react-router'
import { EmptyState } from '../components'
import { useLabel, useText } from '../i18n'
import type { ListViewProps } from './list-view'

/** Why there is nothing, and what to do about it. */
export function NothingFound({ entity, rights, list }: ListViewProps) {
  const t = useText()
  const label = useLabel()
  const name = label(entity.definition.label)
  const filtered = list.conditions.length > 0 || list.q !== '' || list.rotting !== undefined
  if (filtered) {
    const clear = <Button onClick={() => list.change({ conditions: [], q: '', rotting: false })}>{t('filter.clear')}</Button>
    return <EmptyState title={t('list.nothingFound')} hint={t('list.nothingFoundHint')} action={clear} />
  }
  if (list.view?.filter) return <EmptyState title={t('list.emptyView')} hint={t('list.emptyViewHint')} />
  if (!rights.create) return <EmptyState title={t('list.empty', { entity: name })} hint={t('list.emptyReader')} />
  const create = <Link to={`/${entity.name}/new`}><Button type="primary">{t('list.createFirst', { entity: name })}</Button></Link>
  return <EmptyState title={t('list.empty', { entity: name })} hint={t('list.emptyHint')} action={create} />
}
