import { useQuery } from '@tanstack/react-query'
import { Alert, App, Button, Card, Spin } from 'antd'
import { Link } from 'react-router'
import { ErrorAlert, FailedState } from '../../runtime/app/components'
import { useLabel } from '../../runtime/app/i18n'
import { fetchTemplate, giveUpUpgrade, previewUpgrade, takeUpUpgrade, type TemplateState } from '../api/studio-api'
import { useText } from '../i18n'
import { ConflictList } from './ConflictList'
import { CustomizationList, OrphanList, ParkedList, PlanItems } from './OperationList'
import { ProblemTable } from './ProblemTable'
import { useTemplateCommand } from './use-template-command'
import './template.css'

/** The template under what was changed of it: a newer version looked at, taken up, its conflicts settled. */
export default function TemplatePage() {
  const t = useText()
  const read = useLabel()
  const template = useQuery({ queryKey: ['studio-template'], queryFn: fetchTemplate, staleTime: 0 })
  if (template.error) return <FailedState error={template.error} onRetry={() => void template.refetch()} />
  if (template.isPending) return <div className="st-loading"><Spin /></div>
  const { label, version, pending, offered, parked, customizations } = template.data
  return (
    <div className="st-page st-narrow">
      <header className="st-page-head"><h1>{t('template.title')}</h1><span className="fw-muted">{read(label ?? undefined)} · {t('template.version', { version: version ?? '–' })}</span></header>
      {pending ? <Pending upgrade={pending} /> : offered ? <Offered version={offered.version} /> : <Alert className="st-card" type="info" showIcon title={t('template.none')} />}
      {parked.length > 0 && <Card className="st-card" title={t('template.parked')}><ParkedList items={parked} /></Card>}
      <Card className="st-card" title={t('template.customizations')}>{customizations.length > 0 ? <CustomizationList items={customizations} /> : <span className="fw-muted">{t('template.customizationsNone')}</span>}</Card>
    </div>
  )
}

function Offered({ version }: { version: string }) {
  const t = useText()
  const run = useTemplateCommand()
  const plan = useQuery({ queryKey: ['studio-template', 'plan', version], queryFn: previewUpgrade, staleTime: 0 })
  const takeUp = <Button type="primary" disabled={!plan.data} onClick={() => void run(takeUpUpgrade, t('template.takenUp'))}>{t('template.takeUp')}</Button>
  return (
    <>
      <Alert className="st-card" type="info" showIcon title={t('template.offered', { version })} description={t('template.offeredNote')} action={takeUp} />
      <ErrorAlert error={plan.error ?? undefined} />
      {plan.isPending && <Spin />}
      {plan.data && (
        <>
          {plan.data.conflicts.length > 0 && <Card className="st-card" title={t('template.conflicts')}><ConflictList conflicts={plan.data.conflicts} /></Card>}
          <Orphans items={plan.data.orphans} />
          {plan.data.problems.length > 0 && <Card className="st-card" title={t('problems.count', { count: plan.data.problems.length })}><ProblemTable problems={plan.data.problems} /></Card>}
          <Card className="st-card" title={t('template.changes')}><PlanItems items={plan.data.items} /></Card>
        </>
      )}
    </>
  )
}

function Pending({ upgrade }: { upgrade: NonNullable<TemplateState['pending']> }) {
  const t = useText()
  const run = useTemplateCommand()
  const { modal } = App.useApp()
  const open = upgrade.conflicts.filter((c) => c.choice === null).length
  const giveUp = () => void modal.confirm({ title: t('template.giveUpTitle'), content: t('template.giveUpNote'), okText: t('template.giveUp'), okButtonProps: { danger: true }, onOk: () => run(giveUpUpgrade) })
  const actions = <span className="st-actions"><Button danger onClick={giveUp}>{t('template.giveUp')}</Button><Link to="/changes">{t('template.publish')}</Link></span>
  return (
    <>
      <Alert className="st-card" type={open > 0 ? 'warning' : 'success'} showIcon title={t('template.pending', { version: upgrade.version })} description={<>{open > 0 ? t('template.open', { count: open }) : t('template.ready')}<div className="st-template-do">{actions}</div></>} />
      {upgrade.conflicts.length > 0 && <Card className="st-card" title={t('template.conflicts')}><ConflictList conflicts={upgrade.conflicts} settle /></Card>}
      <Orphans items={upgrade.orphans} />
    </>
  )
}

function Orphans({ items }: { items: NonNullable<TemplateState['pending']>['orphans'] }) {
  const t = useText()
  if (items.length === 0) return null
  return <Card className="st-card" title={t('template.orphans')}><p className="fw-muted">{t('template.orphansNote')}</p><OrphanList items={items} /></Card>
}
