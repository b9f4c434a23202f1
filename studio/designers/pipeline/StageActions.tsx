import { DeleteOutlined } from '@ant-design/icons'
import { App, Button } from 'antd'
import { useLabel } from '../../../runtime/app/i18n'
import { isPinned } from '../../../runtime/engine/pipeline-versions'
import type { Pipeline, Stage } from '../../../schemas/generated/types'
import { useText } from '../../i18n'
import { usePanel, usePlace } from '../../panels/PanelContext'
import { usePublished } from '../../workspace/hooks'

/** Deleting a published stage is confirmed: publishing is refused while records are in it, unless they keep their version. */
export function StageActions({ index, onRemoved }: { index: number; onRemoved: () => void }) {
  const { id, document } = usePanel()
  const published = usePublished(id)
  const { value: stages = [], set } = usePlace<Stage[]>(['stages'])
  const { modal } = App.useApp()
  const t = useText()
  const read = useLabel()
  const stage = stages[index]!
  const remove = () => {
    set(stages.toSpliced(index, 1), { key: 'do.removeStage', params: { stage: stage.label } })
    onRemoved()
  }
  const known = published !== undefined && 'stages' in published && published.stages.some((s) => s.id === stage.id)
  const ask = () => void modal.confirm({ title: t('stage.removeTitle', { stage: read(stage.label) }), content: t(isPinned(document as Pipeline) ? 'stage.removeNotePinned' : 'stage.removeNote'), okText: t('stage.remove'), okButtonProps: { danger: true }, onOk: remove })
  return <Button size="small" type="text" danger icon={<DeleteOutlined />} aria-label={t('stage.remove')} disabled={stages.length <= 2} onClick={known ? ask : remove} />
}
