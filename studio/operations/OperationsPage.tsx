import { Tabs } from 'antd'
import { useSearchParams } from 'react-router'
import { useText } from '../i18n'
import { Deliveries } from './Deliveries'
import { StuckApprovals } from './StuckApprovals'
import './operations.css'

/** What an administrator repairs: approvals that cannot go on, deliveries that were given up. */
export default function OperationsPage() {
  const t = useText()
  const [query, setQuery] = useSearchParams()
  const items = [
    { key: 'approvals', label: t('operations.approvals'), children: <StuckApprovals /> },
    { key: 'deliveries', label: t('operations.deliveries'), children: <Deliveries /> },
  ]
  return (
    <div className="st-page">
      <header className="st-page-head"><h1>{t('operations.title')}</h1></header>
      <Tabs activeKey={query.get('tab') ?? 'approvals'} onChange={(tab) => setQuery({ tab }, { replace: true })} items={items} destroyOnHidden />
    </div>
  )
}
