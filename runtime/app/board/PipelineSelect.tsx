import { Select } from 'antd'
import { useLabel, useText } from '../i18n'
import { usePipelineChoice } from './pipeline-choice'

/** Which pipeline's stages the board shows, where there are several. */
export function PipelineSelect({ entity }: { entity: string }) {
  const t = useText()
  const label = useLabel()
  const { pipeline, pipelines, choose } = usePipelineChoice(entity)
  if (!pipeline || pipelines.length < 2) return null
  const options = pipelines.map((candidate) => ({ value: candidate.name, label: label(candidate.label) }))
  return <Select aria-label={t('board.pipeline')} value={pipeline.name} onChange={choose} options={options} popupMatchSelectWidth={false} />
}
