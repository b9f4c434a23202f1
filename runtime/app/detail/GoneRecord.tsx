import { DeleteOutlined } from '@ant-design/icons'
import { App, Button } from 'antd'
import { useEffect } from 'react'
import { Navigate } from 'react-router'
import type { CompiledEntity } from '../../engine/model'
import { isProblem, type ApiProblem } from '../api'
import { restoreRecord } from '../api/records'
import { useAfterWrite } from '../api/queries'
import { EmptyState, useDescribe } from '../components'
import { useText } from '../i18n'
import { useRights } from '../session'

/** A record that is in the bin, as far as the reader may know. */
export const isGone = (error: unknown): error is ApiProblem => isProblem(error, 404) && (error.code === 'inBin' || error.code === 'mergedAway')

/** Leads to what it was merged into, or offers to bring it back. */
export function GoneRecord({ entity, id, problem }: { entity: CompiledEntity; id: string; problem: ApiProblem }) {
  const { mergedInto } = (problem.current ?? {}) as { mergedInto?: string }
  return mergedInto === undefined ? <InBin entity={entity} id={id} /> : <Merged to={`/${entity.name}/${mergedInto}`} />
}

function Merged({ to }: { to: string }) {
  const t = useText()
  const { message } = App.useApp()
  useEffect(() => void message.info({ key: to, content: t('merge.redirected') }), [message, t, to])
  return <Navigate to={to} replace />
}

function InBin({ entity, id }: { entity: CompiledEntity; id: string }) {
  const t = useText()
  const { message } = App.useApp()
  const describe = useDescribe()
  const refresh = useAfterWrite()
  const rights = useRights(entity.name)
  const restore = () => void restoreRecord(entity.name, id).then(() => refresh(), (error: unknown) => void message.error(describe(error)))
  return <EmptyState icon={<DeleteOutlined aria-hidden />} title={t('bin.here')} action={rights.delete && <Button type="primary" onClick={restore}>{t('bin.restore')}</Button>} />
}
