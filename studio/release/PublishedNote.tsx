import { Alert, Button } from 'antd'
import type { Release } from '../api/studio-api'
import { useText } from '../i18n'

export function PublishedNote({ release }: { release: Release }) {
  const t = useText()
  return (
    <Alert className="st-card" type="success" showIcon title={t('publish.done', { number: release.number, count: release.items.length })} description={t('publish.live')}
      action={<Button type="primary" size="small" href="/">{t('publish.open')}</Button>} role="status" />
  )
}
