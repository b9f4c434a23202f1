import type { Flow } from '../../../schemas/generated/types'
import type { CompiledEntity } from '../../engine/model'
import type { RecordDoc } from '../api'
import { useFlowPreview } from '../api/queries'
import { useMoment } from '../format/moments'
import { useLabel, useList, useText } from '../i18n'
import { useTitles } from '../titles/titles'

/** The people an approval will ask, in order. Nothing until it is known: submitting does not wait for it. */
export function WillAsk({ flow, entity, record }: { flow: Flow; entity: CompiledEntity; record: RecordDoc }) {
  const t = useText()
  const read = useLabel()
  const titles = useTitles()
  const moment = useMoment()
  const list = useList()
  const { data } = useFlowPreview(entity.name, record.id, flow.name)
  if (!data) return null
  if (data.steps.length === 0) return <div className="fw-will-ask fw-muted">{t('approval.willAskNobody')}</div>
  return (
    <div className="fw-will-ask">
      <span className="fw-muted">{t('approval.willAsk')}</span>
      <ol>
        {data.steps.map(({ node, label, asked, dueAt }, i) => (
          <li key={i}>
            {read(label ?? undefined) || node}<span className="fw-muted"> · {list(asked.map((id) => titles(id) ?? '—'))}{dueAt !== undefined && ` · ${t('approval.dueBy', { date: moment(dueAt) })}`}</span>
          </li>
        ))}
      </ol>
    </div>
  )
}
