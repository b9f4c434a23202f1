import { Alert, Button, Input, Modal, Select, Spin, Table, Tag, type TableColumnsType } from 'antd'
import { useId, useState } from 'react'
import { ErrorAlert } from '../../../../runtime/app/components'
import { useMoment } from '../../../../runtime/app/format/moments'
import { useList } from '../../../../runtime/app/i18n'
import type { Flow } from '../../../../schemas/generated/types'
import type { Migrated, MigrationPlan, MigrationTrial } from '../../../api/studio-api'
import { useText } from '../../../i18n'
import { nodesOf, useMigratedName, useMigration } from './use-migration'
import './looks.css'

/** Approvals that run on former versions: where each would go on, then those one chooses are brought to the present version. */
export function MigrateDialog({ flow, onClose }: { flow: Flow; onClose: () => void }) {
  const t = useText()
  const migration = useMigration(flow)
  const { plan, error, done } = migration
  return (
    <Modal open title={t('migrate.title')} width={1100} onCancel={onClose} footer={null} destroyOnHidden>
      <div className="st-stack">
        <p className="fw-muted">{t('migrate.intro', { version: plan?.to ?? '…' })}</p>
        <ErrorAlert error={error} />
        {done && <Outcome done={done} />}
        {plan ? <Plan plan={plan} migration={migration} /> : !error && <Spin />}
      </div>
    </Modal>
  )
}

function Outcome({ done }: { done: Migrated[] }) {
  const t = useText()
  const failed = done.filter((item) => !item.ok)
  return (
    <div role="status">
      <Alert type={failed.length > 0 ? 'warning' : 'success'} showIcon title={t('migrate.done', { count: done.length - failed.length })}
        {...(failed.length > 0 && { description: <ul>{[...new Set(failed.map((item) => item.problem.message))].map((message) => <li key={message}>{message}</li>)}</ul> })} />
    </div>
  )
}

type Migration = ReturnType<typeof useMigration>

function Plan({ plan, migration }: { plan: MigrationPlan; migration: Migration }) {
  const t = useText()
  const columns = useColumns(plan)
  const [left, setLeft] = useState<string[]>([])
  const [comment, setComment] = useState('')
  const able = plan.items.filter((item) => item.problems.length === 0).map((item) => item.instance)
  const chosen = able.filter((id) => !left.includes(id))
  if (plan.items.length === 0) return <Alert type="info" showIcon title={t('migrate.none', { version: plan.to })} />
  return (
    <>
      <Mapping plan={plan} migration={migration} />
      {plan.count > plan.items.length && <Alert type="info" title={t('migrate.more', { count: plan.count, shown: plan.items.length })} />}
      <Table<MigrationTrial> size="small" rowKey="instance" columns={columns} dataSource={plan.items} loading={migration.loading} pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }} scroll={{ x: true }}
        rowSelection={{ selectedRowKeys: chosen, onChange: (keys) => setLeft(able.filter((id) => !keys.includes(id))), getCheckboxProps: (item) => ({ disabled: !able.includes(item.instance), 'aria-label': item.title }) }} />
      <form className="st-migrate-run" onSubmit={(event) => { event.preventDefault(); void migration.run(chosen, comment) }}>
        <Input value={comment} maxLength={2000} aria-label={t('migrate.comment')} placeholder={t('migrate.comment')} onChange={(event) => setComment(event.target.value)} />
        <Button type="primary" htmlType="submit" loading={migration.busy} disabled={chosen.length === 0}>{t('migrate.run', { count: chosen.length })}</Button>
      </form>
    </>
  )
}

/** Nodes that are gone must be given a place; at others the people may be asked anew. */
function Mapping({ plan, migration: { mapping, map } }: { plan: MigrationPlan; migration: Migration }) {
  const t = useText()
  const id = useId()
  const nameOf = useMigratedName(plan)
  const { gone, kept } = nodesOf(plan, mapping)
  const options = (nodes: string[]) => nodes.map((value) => ({ value, label: nameOf(value) }))
  const anew = kept.filter((node) => mapping[node] === node)
  const askAnew = (nodes: string[]) => { for (const node of kept) map(node, nodes.includes(node) ? node : undefined) }
  return (
    <div className="st-migrate-map">
      {gone.map((node) => (
        <div key={node}>
          <label htmlFor={`${id}${node}`}>{t('migrate.goesOn', { node: nameOf(node) })}</label>
          <Select id={`${id}${node}`} allowClear placeholder={t('migrate.choose')} value={mapping[node] ?? null} options={options(plan.nodes.map((n) => n.id))} onChange={(to: string | null | undefined) => map(node, to ?? undefined)} />
        </div>
      ))}
      {kept.length > 0 && (
        <div>
          <label htmlFor={`${id}anew`}>{t('migrate.anew')}</label>
          <Select id={`${id}anew`} mode="multiple" placeholder={t('migrate.nowhere')} value={anew} options={options(kept)} onChange={askAnew} />
        </div>
      )}
    </div>
  )
}

function useColumns(plan: MigrationPlan): TableColumnsType<MigrationTrial> {
  const t = useText()
  const moment = useMoment()
  const nameOf = useMigratedName(plan)
  const list = useList()
  const people = (ids: string[]) => list(ids.map((id) => plan.titles[id] ?? id))
  return [
    { title: t('replay.record'), render: (_, { title }) => title },
    { title: t('replay.started'), render: (_, { startedAt, initiator }) => <>{moment(startedAt)}<div className="fw-muted">{people([initiator])}</div></> },
    { title: t('migrate.version'), render: (_, { version }) => t('insight.version', { version }) },
    { title: t('migrate.waits'), render: (_, { tokens }) => tokens.map(({ node }, i) => <div key={i}>{nameOf(node)}</div>) },
    { title: t('migrate.then'), render: (_, item) => <Then item={item} nameOf={nameOf} people={people} /> },
  ]
}

function Then({ item: { after, problems }, nameOf, people }: { item: MigrationTrial; nameOf: (id: string) => string; people: (ids: string[]) => string }) {
  const t = useText()
  if (!after) return problems.map((p) => <div key={p.path} className="fw-error">{t('migrate.lacking', { node: nameOf(p.path.slice('/mapping/'.length)) })}</div>)
  const ends = after.nodes.length === 0
  return (
    <>
      {ends ? <Tag>{t(after.status === 'approved' ? 'trial.endApproved' : 'trial.endRejected')}</Tag> : after.nodes.map((node, i) => <div key={i}>{nameOf(node)}</div>)}
      {after.asked.length > 0 && <div className="fw-muted">{t('migrate.asks', { people: people(after.asked) })}</div>}
      {after.stuck && <div className="fw-error">{t('replay.stuck', { reason: after.stuck.reason })}</div>}
    </>
  )
}
