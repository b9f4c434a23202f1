import { EditOutlined } from '@ant-design/icons'
import { Button, Tooltip } from 'antd'
import { useMemo } from 'react'
import { Link } from 'react-router'
import type { Action, View } from '../../../schemas/generated/types'
import type { CompiledEntity } from '../../engine/model'
import { useActionRunner } from '../actions/ActionRunner'
import { useOffered } from '../actions/offered'
import type { EntityRights, RecordDoc } from '../api'
import { useLabel, useText } from '../i18n'
import { useCatalog } from '../session'

/** Actions of the view that this person may run at all. */
export function useRowActions(entity: CompiledEntity, rights: EntityRights, view: View | undefined): Action[] {
  const { actions } = useCatalog()
  return useMemo(
    () => (actions.get(entity.name) ?? []).filter(({ name }) => view?.rowActions?.includes(name) && rights.actions.includes(name)),
    [actions, entity, rights, view],
  )
}

export const rowActionWidth = (actions: Action[]): number => 48 + actions.length * 96

interface Props { entity: CompiledEntity; record: RecordDoc; actions: Action[]; rights: EntityRights }

export function RowActions({ entity, record, actions, rights }: Props) {
  const t = useText()
  const label = useLabel()
  const run = useActionRunner()
  const offered = useOffered(entity, record, actions)
  return (
    <span className="fw-row-actions">
      {offered.map((action) => (
        <Button key={action.name} type="link" size="small" onClick={() => run(entity, record.id, action)}>{label(action.label)}</Button>
      ))}
      {rights.update && (
        <Tooltip title={t('common.edit')}>
          <Link to={`/${entity.name}/${record.id}/edit`} aria-label={t('common.edit')} className="fw-icon-link"><EditOutlined aria-hidden /></Link>
        </Tooltip>
      )}
    </span>
  )
}
