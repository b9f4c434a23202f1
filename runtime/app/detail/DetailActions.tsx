import { DeleteOutlined, EditOutlined, MoreOutlined, ShareAltOutlined, SwapOutlined } from '@ant-design/icons'
import { Button, Dropdown, Tooltip, type MenuProps } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useNavigate } from 'react-router'
import type { Action } from '../../../schemas/generated/types'
import type { CompiledEntity } from '../../engine/model'
import { useActionRunner } from '../actions/ActionRunner'
import type { ActionState, Commands, RecordDoc } from '../api'
import { usePhone } from '../components'
import { useLabel, useMessage, useText } from '../i18n'
import { useCatalog } from '../session'
import { useShortcut } from '../shortcuts/use-shortcut'
import { useDelete } from './use-delete'

const HandOverDialog = lazy(() => import('./HandOverDialog'))
const ShareDialog = lazy(() => import('./ShareDialog'))

/** Buttons before the others go under "more". */
const most = { wide: 3, phone: 2 }

interface Props { entity: CompiledEntity; record: RecordDoc; commands: Commands | undefined }

/** What can be done with the record now; what cannot, with the reason, under "more". */
export function DetailActions({ entity, record, commands }: Props) {
  const t = useText()
  const go = useNavigate()
  const run = useActionRunner()
  const offers = useOffers(entity, commands)
  const ready = offers.filter(({ state }) => state.available)
  const phone = usePhone()
  const visible = phone ? most.phone : most.wide
  const edit = () => void go(`/${entity.name}/${record.id}/edit`)
  useShortcut('e', 'keys.edit', edit, { enabled: commands?.update === true })
  return (
    <>
      {ready.slice(0, visible).map(({ action }) => <ActionButton key={action.name} action={action} onClick={() => run(entity, record.id, action)} />)}
      {commands?.update && <Button icon={<EditOutlined aria-hidden />} onClick={edit} aria-label={t('common.edit')}>{!phone && t('common.edit')}</Button>}
      <MoreMenu entity={entity} record={record} commands={commands} rest={[...ready.slice(visible), ...offers.filter(({ state }) => !state.available)]} />
    </>
  )
}

interface Offer { action: Action; state: ActionState }

/** In the order of the definitions, which is that of their `order`. */
function useOffers(entity: CompiledEntity, commands: Commands | undefined): Offer[] {
  const actions = useCatalog().actions.get(entity.name) ?? []
  return actions.flatMap((action) => (commands?.actions ?? []).filter(({ name }) => name === action.name).map((state) => ({ action, state })))
}

function ActionButton({ action, onClick }: { action: Action; onClick: () => void }) {
  const label = useLabel()
  return <Button type={action.style === 'primary' ? 'primary' : 'default'} danger={action.style === 'danger'} onClick={onClick}>{label(action.label)}</Button>
}

function MoreMenu({ entity, record, commands, rest }: Props & { rest: Offer[] }) {
  const t = useText()
  const label = useLabel()
  const say = useMessage()
  const run = useActionRunner()
  const remove = useDelete(entity, record)
  const [dialog, setDialog] = useState<'share' | 'handOver'>()
  const close = () => setDialog(undefined)
  const items: MenuProps['items'] = rest.map(({ action, state }) => ({
    key: action.name,
    danger: action.style === 'danger' && state.available,
    disabled: !state.available,
    label: <Tooltip title={state.problem && say(state.problem)} placement="left">{label(action.label)}</Tooltip>,
    onClick: () => run(entity, record.id, action),
  }))
  if (commands?.share) items.push({ key: '$share', icon: <ShareAltOutlined aria-hidden />, label: t('share.title'), onClick: () => setDialog('share') })
  if (commands?.handOver) items.push({ key: '$handOver', icon: <SwapOutlined aria-hidden />, label: t('handOver.title'), onClick: () => setDialog('handOver') })
  if (commands?.delete) items.push({ type: 'divider' }, { key: '$delete', danger: true, icon: <DeleteOutlined aria-hidden />, label: t('common.delete'), onClick: remove })
  if (items.length === 0) return null
  return (
    <>
      <Dropdown menu={{ items }} trigger={['click']} placement="bottomRight"><Button icon={<MoreOutlined aria-hidden />} aria-label={t('common.more')} /></Dropdown>
      {dialog === 'handOver' && <Suspense fallback={null}><HandOverDialog person={record.id} name={String(record[entity.definition.titleField] ?? '')} onClose={close} /></Suspense>}
      {dialog === 'share' && <Suspense fallback={null}><ShareDialog entity={entity.name} record={record.id} canWrite={commands?.update === true} onClose={close} /></Suspense>}
    </>
  )
}
