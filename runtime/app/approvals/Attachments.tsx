import { PaperClipOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import type { Field } from '../../../schemas/generated/types'
import type { Id } from '../api'
import { useText } from '../i18n'
import { Own } from './Extra'

const attachments: Field = { name: 'attachments', type: 'file', label: { en: 'Attachments', zh: '附件' } }

/** Documents that go with a decision or a comment: a button until somebody wants to attach some. */
export function Attachments({ value, onChange }: { value: Id[]; onChange: (ids: Id[]) => void }) {
  const t = useText()
  const [attaching, setAttaching] = useState(false)
  if (!attaching && value.length === 0) return <Button type="link" size="small" className="fw-attach" icon={<PaperClipOutlined aria-hidden />} onClick={() => setAttaching(true)}>{t('approval.attach')}</Button>
  return <Own field={attachments} value={value} onChange={(ids) => onChange((ids ?? []) as Id[])} />
}
