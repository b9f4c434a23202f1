import { useLabel } from '../../../runtime/app/i18n'
import type { Stage } from '../../../schemas/generated/types'
import { useText } from '../../i18n'
import { Panel } from '../../panels/Panel'
import { usePlace } from '../../panels/PanelContext'
import { DesignerTabs } from '../common/DesignerTabs'
import { JsonTab } from '../common/JsonTab'
import { Split } from '../common/Split'
import { useAt, useChosen, useScrollTo } from '../common/use-at'
import { StageActions } from './StageActions'
import { StageList } from './StageList'

export default function PipelineDesigner() {
  const t = useText()
  const settings = (only: string[]) => <div className="fw-panel st-pad st-document"><Panel definition="Pipeline" path={[]} only={only} /></div>
  return (
    <DesignerTabs items={[
      { key: 'stages', label: t('pipeline.stages'), shows: ['stages'], children: <Stages /> },
      { key: 'rules', label: t('pipeline.rules'), shows: ['transitions', 'policies'], children: settings(['policies', 'transitions']) },
      { key: 'members', label: t('pipeline.settings'), rest: true, children: settings(['label', 'order', 'phases']) },
      { key: 'json', label: 'JSON', children: <JsonTab /> },
    ]} />
  )
}

function Stages() {
  const { value: stages = [] } = usePlace<Stage[]>(['stages'])
  const [index, choose] = useChosen('stages')
  const read = useLabel()
  useScrollTo(useAt())
  const stage = index === undefined ? undefined : stages[index]
  const side = stage && {
    title: read(stage.label) || stage.id,
    actions: <StageActions index={index!} onRemoved={() => choose(undefined)} />,
    content: <Panel key={index} definition="Stage" path={['stages', index!]} />,
  }
  return (
    <Split side={side} onClose={() => choose(undefined)}>
      <StageList selected={stage ? index : undefined} onSelect={choose} />
    </Split>
  )
}
