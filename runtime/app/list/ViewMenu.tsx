import { DownOutlined, StarFilled } from '@ant-design/icons'
import { Button, Dropdown, type MenuProps } from 'antd'
import { useState } from 'react'
import type { PersonalView } from '../api'
import { useText } from '../i18n'
import { columnsOf } from './fields'
import type { ListViewProps } from './list-view'
import { useOwnViews } from './use-own-views'
import { ViewDialog } from './ViewDialog'

type Items = NonNullable<MenuProps['items']>

/** The person's own views, and what can be done with the open one. */
export function ViewMenu({ entity, rights, list }: ListViewProps) {
  const t = useText()
  const [dialog, setDialog] = useState<'new' | 'edit'>()
  const commands = useOwnViews(entity.name, list)
  const { own, ownViews } = list
  const close = () => setDialog(undefined)
  const items: Items = [
    { type: 'group', key: 'own', label: t('view.own'), children: ownViews.length > 0 ? ownViews.map((view) => itemOf(view, t('view.default'), () => list.change({ view: view.id }))) : [{ key: 'none', label: t('view.none'), disabled: true }] },
    { type: 'divider' },
    { key: 'saveAs', label: t('view.saveAs'), onClick: () => setDialog('new') },
    ...(own ? forOpen(own) : []),
  ]
  function forOpen(view: PersonalView): Items {
    return [
      { key: 'save', label: t('view.saveChanges'), disabled: !list.changed, onClick: () => commands.saveChanges(view) },
      { key: 'edit', label: t('view.edit'), onClick: () => setDialog('edit') },
      { key: 'default', label: t(view.default ? 'view.dropDefault' : 'view.makeDefault'), onClick: () => commands.setDefault(view, !view.default) },
      { key: 'delete', label: t('common.delete'), danger: true, onClick: () => commands.remove(view) },
    ]
  }
  const columns = columnsOf(entity, list.view, rights).map(({ field, width }) => ({ field: field.name, width }))
  return (
    <>
      <Dropdown trigger={['click']} menu={{ items, selectedKeys: own ? [own.id] : [] }}>
        <Button className="fw-view-menu" color={own ? 'primary' : 'default'} variant="outlined">{own ? `${own.name}${list.changed ? ' *' : ''}` : t('view.own')}<DownOutlined aria-hidden /></Button>
      </Dropdown>
      {dialog === 'new' && <ViewDialog title={t('view.newTitle')} hint={t('view.newHint')} name="" columns={columns} entity={entity} rights={rights} onSave={commands.create} onClose={close} />}
      {dialog === 'edit' && own && <ViewDialog title={t('view.editTitle')} name={own.name} columns={columns} entity={entity} rights={rights} onSave={(name, chosen) => commands.rename(own, name, chosen)} onClose={close} />}
    </>
  )
}

const itemOf = ({ id, name, default: first }: PersonalView, opensFirst: string, onClick: () => void): Items[number] => ({ key: id, label: name, ...(first && { extra: <StarFilled aria-label={opensFirst} /> }), onClick })
