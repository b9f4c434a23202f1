import { Alert, App, Button } from 'antd'
import type { PersonalView } from '../api'
import { changeView } from '../api/views'
import { useDescribe } from '../components'
import { useText } from '../i18n'
import { useReloadMe } from '../session'

/** Says what of an own view does not apply any more, and offers to forget it. */
export function LeftOutNote({ view: { id, name, filter, sort, columns, leftOut } }: { view: PersonalView }) {
  const t = useText()
  const { message } = App.useApp()
  const describe = useDescribe()
  const reload = useReloadMe()
  if (leftOut.length === 0) return null
  const keep = () => void changeView(id, { filter: filter ?? null, sort: sort ?? null, columns: columns ?? null }).then(reload).catch((error: unknown) => void message.error(describe(error)))
  return (
    <Alert
      className="fw-left-out" type="warning" showIcon title={t('view.leftOut', { name })} description={[...new Set(leftOut.map((problem) => problem.message))].join(' ')}
      action={<Button size="small" onClick={keep}>{t('view.keepRest')}</Button>}
    />
  )
}
