import { MergeOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import type { CompiledEntity } from '../../engine/model'
import { useText } from '../i18n'

const MergeDialog = lazy(() => import('./MergeDialog'))

/** So many records become one at a time. */
const most = 5

/** Offers to make one of the chosen records. */
export function MergeButton({ entity, records, onDone }: { entity: CompiledEntity; records: { id: string }[]; onDone: () => void }) {
  const t = useText()
  const [open, setOpen] = useState(false)
  if (records.length < 2 || records.length > most) return null
  return (
    <>
      <Button size="small" icon={<MergeOutlined aria-hidden />} onClick={() => setOpen(true)}>{t('merge.button', { count: records.length })}</Button>
      {open && <Suspense><MergeDialog entity={entity} ids={records.map((r) => r.id)} onClose={() => setOpen(false)} onDone={() => { setOpen(false); onDone() }} /></Suspense>}
    </>
  )
}
