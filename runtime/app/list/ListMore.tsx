import { CopyOutlined, DeleteOutlined, MoreOutlined } from '@ant-design/icons'
import { Button, Dropdown, type MenuProps } from 'antd'
import { Link } from 'react-router'
import type { CompiledEntity } from '../../engine/model'
import type { EntityRights } from '../api'
import { useText } from '../i18n'

/** Places beside the list: what was deleted, and what is there twice. */
export function ListMore({ entity: { name, definition }, rights }: { entity: CompiledEntity; rights: EntityRights }) {
  const t = useText()
  const warns = definition.unique?.some((rule) => rule.mode === 'warn')
  const items: MenuProps['items'] = [
    ...(warns ? [{ key: 'duplicates', icon: <CopyOutlined aria-hidden />, label: <Link to={`/${name}/duplicates`}>{t('duplicates.open')}</Link> }] : []),
    ...(rights.delete ? [{ key: 'bin', icon: <DeleteOutlined aria-hidden />, label: <Link to={`/${name}/bin`}>{t('bin.open')}</Link> }] : []),
  ]
  if (items.length === 0) return null
  return <Dropdown menu={{ items }} trigger={['click']} placement="bottomRight"><Button icon={<MoreOutlined aria-hidden />} aria-label={t('bin.more')} /></Dropdown>
}
