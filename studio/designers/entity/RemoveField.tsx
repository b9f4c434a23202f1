import { Modal } from 'antd'
import { useNavigate } from 'react-router'
import { useLabel } from '../../../runtime/app/i18n'
import type { Field } from '../../../schemas/generated/types'
import type { Path } from '../../editor/path'
import { useText } from '../../i18n'
import { UsePlaces } from '../common/UsePlaces'
import { useFieldCommands } from './use-field-commands'
import { useFieldUses } from './use-field-uses'

interface Props { path: Path; field: Field; onClose: () => void; onRemoved: () => void }

/** Where a field is used, and the next step of taking it away: a published one is hidden, then removed, once nothing relies on it. */
export function RemoveField({ path, field, onClose, onRemoved }: Props) {
  const t = useText()
  const read = useLabel()
  const { places, screens } = useFieldUses(path)
  const step = useNextStep(path, field, onRemoved)
  const act = () => { onClose(); step.act() }
  return (
    <Modal open title={t('field.removeTitle', { name: read(field.label) || field.name })} okText={t(step.does)} okButtonProps={{ danger: step.name === 'remove', disabled: step.name === 'remove' && places.length > 0 }} onOk={act} onCancel={onClose}>
      <p>{t(step.note)}</p>
      {step.name === 'remove' && screens > 0 && <p>{t('field.removeScreens', { count: screens })}</p>}
      {places.length > 0 && <><p><strong>{t('remove.used', { count: places.length })}</strong> {t('field.removeUsed')}</p><UsePlaces places={places} onOpen={onClose} /></>}
    </Modal>
  )
}

function useNextStep(path: Path, field: Field, onRemoved: () => void) {
  const { published, removable, hide, remove } = useFieldCommands(path, field)
  const navigate = useNavigate()
  if (removable) return { name: 'remove', does: 'field.remove', note: published ? 'field.removeTrash' : 'field.removeNew', act: () => { remove(); onRemoved() } } as const
  if (field.hidden) return { name: 'publish', does: 'shell.publish', note: 'field.removePublish', act: () => { void navigate('/changes') } } as const
  return { name: 'hide', does: 'field.hide', note: 'field.removeHide', act: hide } as const
}
