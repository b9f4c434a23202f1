import { FrownOutlined, LockOutlined, SearchOutlined } from '@ant-design/icons'
import { Button, Space } from 'antd'
import type { ReactNode } from 'react'
import { isProblem } from '../api'
import { useText } from '../i18n'
import { EmptyState } from './EmptyState'
import { useDescribe } from './ProblemList'

/** In place of what could not be loaded. */
export function FailedState({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const t = useText()
  const describe = useDescribe()
  if (isProblem(error, 404)) return <NotFound />
  if (isProblem(error, 403)) return <Forbidden />
  const id = isProblem(error) && error.requestId ? t('problem.request', { id: error.requestId }) : undefined
  const hint = [describe(error), id].filter(Boolean).join(' ')
  return <EmptyState icon={<FrownOutlined aria-hidden />} title={t('problem.failed.title')} hint={hint} action={<Ways onRetry={onRetry} />} />
}

function Ways({ onRetry }: { onRetry?: (() => void) | undefined }): ReactNode {
  const t = useText()
  return (
    <Space>
      {onRetry && <Button type="primary" onClick={onRetry}>{t('common.retry')}</Button>}
      <Button href="/">{t('problem.home')}</Button>
    </Space>
  )
}

export function NotFound() {
  const t = useText()
  return <EmptyState icon={<SearchOutlined aria-hidden />} title={t('problem.notFound.title')} hint={t('problem.notFound.text')} action={<Ways />} />
}

export function Forbidden() {
  const t = useText()
  return <EmptyState icon={<LockOutlined aria-hidden />} title={t('problem.forbidden.title')} hint={t('problem.forbidden.text')} action={<Ways />} />
}
