import { DeleteOutlined } from '@ant-design/icons'
import { Button, Flex, Form, Modal, Segmented, Spin, Tag } from 'antd'
import { useId, useState } from 'react'
import type { Field } from '../../../schemas/generated/types'
import type { Id, Share, ShareRight } from '../api'
import { DepartmentInput, PeopleInput } from '../approvals/PeopleInput'
import { useAfterWrite, useShares } from '../api/queries'
import { shareRecord, unshareRecord } from '../api/records'
import { ErrorAlert } from '../components'
import { viewOf } from '../field-views'
import { useText } from '../i18n'
import { useMe } from '../session'

interface Props { entity: string; record: Id; /** Who shares may write themselves. */ canWrite: boolean; onClose: () => void }

/** With whom a record is shared, and sharing it with one more. */
export default function ShareDialog({ entity, record, canWrite, onClose }: Props) {
  const t = useText()
  const shares = useShares(entity, record)
  const refresh = useAfterWrite()
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const run = async (work: () => Promise<unknown>): Promise<boolean> => {
    setBusy(true)
    try {
      await work()
      setError(undefined)
      await refresh()
      return true
    } catch (problem) {
      setError(problem)
      return false
    } finally {
      setBusy(false)
    }
  }
  return (
    <Modal open title={t('share.title')} onCancel={onClose} footer={null} width={480}>
      <Flex vertical gap="middle">
        <ErrorAlert error={error ?? shares.error} />
        {shares.isLoading ? <Spin /> : <Shares items={shares.data?.items ?? []} busy={busy} onRemove={(id) => void run(() => unshareRecord(entity, record, id))} />}
        <NewShare canWrite={canWrite} busy={busy} onShare={(wish) => run(() => shareRecord(entity, record, wish))} />
      </Flex>
    </Modal>
  )
}

function Shares({ items, busy, onRemove }: { items: Share[]; busy: boolean; onRemove: (id: Id) => void }) {
  const t = useText()
  if (items.length === 0) return <p className="fw-muted">{t('share.none')}</p>
  const rows = items.map((share) => (
    <Flex key={share.id} align="center" justify="space-between" gap="small">
      <Flex align="center" gap="small" wrap>
        <span>{share.name}</span>
        <Tag>{t(share.right === 'write' ? 'share.write' : 'share.read')}</Tag>
        <span className="fw-muted">{share.over ? t('share.over') : share.until && t('share.untilDay', { day: share.until })}</span>
      </Flex>
      <Button type="text" size="small" icon={<DeleteOutlined aria-hidden />} aria-label={t('share.remove', { who: share.name })} disabled={busy} onClick={() => onRemove(share.id)} />
    </Flex>
  ))
  return <Flex vertical gap="small">{rows}</Flex>
}

type Wish = Parameters<typeof shareRecord>[2]

function NewShare({ canWrite, busy, onShare }: { canWrite: boolean; busy: boolean; onShare: (wish: Wish) => Promise<boolean> }) {
  const t = useText()
  const id = useId()
  const { today } = useMe()
  const [kind, setKind] = useState<Share['kind']>('user')
  const [grantee, setGrantee] = useState<Id | null>(null)
  const [right, setRight] = useState<ShareRight>('read')
  const [until, setUntil] = useState<string | null>(null)
  const Day = viewOf(lastDay).Input!
  const Grantee = inputs[kind]
  const share = async () => { if (grantee && (await onShare({ [kind]: grantee, right, until }))) setGrantee(null) }
  return (
    <Form layout="vertical" onFinish={() => void share()}>
      <Form.Item label={t('share.with')} htmlFor={`${id}-who`}>
        <Flex vertical gap="small">
          <Segmented<Share['kind']> block aria-label={t('share.with')} value={kind} onChange={(next) => { setKind(next); setGrantee(null) }} options={[{ value: 'user', label: t('share.user') }, { value: 'department', label: t('share.department') }]} />
          <Grantee key={kind} id={`${id}-who`} value={grantee === null ? [] : [grantee]} onChange={([next]) => setGrantee(next ?? null)} label={t('share.with')} />
        </Flex>
      </Form.Item>
      <Form.Item label={t('share.right')}>
        <Segmented block aria-label={t('share.right')} value={right} onChange={setRight} options={[{ value: 'read', label: t('share.read') }, { value: 'write', label: t('share.write'), disabled: !canWrite }]} />
      </Form.Item>
      <Form.Item label={t('share.until')} htmlFor={`${id}-until`} extra={t('share.untilHint', { today })}>
        <Day id={`${id}-until`} field={lastDay} value={until} onChange={(value) => setUntil(value as string | null)} label={t('share.until')} />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={busy} disabled={!grantee}>{t('share.do')}</Button>
    </Form>
  )
}

const inputs = { user: PeopleInput, department: DepartmentInput }

const lastDay: Field = { name: 'until', type: 'date', label: { en: 'Last day', zh: '截止日期' } }
