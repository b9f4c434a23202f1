import { CheckOutlined, ClockCircleOutlined } from '@ant-design/icons'
import { Tooltip } from 'antd'
import { useState } from 'react'
import type { Pipeline, Stage } from '../../../schemas/generated/types'
import { pipelineOf, type CompiledEntity } from '../../engine/model'
import type { Commands, RecordDoc } from '../api'
import { useLabel, useMessage, useText } from '../i18n'
import { useCatalog } from '../session'
import { Checklist } from './Checklist'
import { RottingMark } from './RottingMark'
import { useStageMover } from './StageMover'
import { placeOf, stepsOf } from './steps'
import { SwitchPipeline } from './SwitchPipeline'
import { VersionMark } from './VersionMark'
import './stages.css'

interface Props { entity: CompiledEntity; record: RecordDoc; commands: Commands | undefined }

/** Where the record is on its way, and the way on: every stage is a button. */
export function StageBar(props: Props) {
  const { entity, record, commands } = props
  const t = useText()
  const pipeline = pipelineOf(useCatalog(), entity, record)
  const current = String(record[entity.definition.pipeline!.stageField] ?? '')
  if (!pipeline) return null
  const stages = stepsOf(pipeline, current)
  const here = pipeline.stages.find((stage) => stage.id === current)
  return (
    <nav className="fw-stages" aria-label={t('stage.bar')}>
      <ol>
        {stages.map((stage) => <Step key={stage.id} {...props} pipeline={pipeline} stage={stage} current={current} />)}
      </ol>
      <StageNote {...props} pipeline={pipeline} stage={here} />
      <Checklist entity={entity} record={record} stage={here} commands={commands} />
    </nav>
  )
}

function Step({ entity, record, commands, pipeline, stage, current }: Props & { pipeline: Pipeline; stage: Stage; current: string }) {
  const label = useLabel()
  const t = useText()
  const say = useMessage()
  const move = useStageMover()
  const [busy, setBusy] = useState(false)
  const place = placeOf(pipeline, stage, current)
  const offer = commands?.moves.find(({ to }) => to === stage.id)
  const problems = offer && !offer.available ? offer.problems.map(say) : []
  const go = () => {
    setBusy(true)
    void move({ entity, record, to: stage }).finally(() => setBusy(false))
  }
  const locked = place === 'current' || !offer || commands?.pendingStage !== undefined
  const hint = locked ? label(stage.label) : problems.length > 0 ? problems.join(' ') : t('stage.moveTo', { stage: label(stage.label) })
  return (
    <li className={`fw-stage fw-stage-${place} fw-stage-${stage.category}`}>
      <Tooltip title={hint}>
        <button type="button" onClick={go} disabled={locked || busy} aria-current={place === 'current' ? 'step' : undefined} aria-busy={busy}>
          {place === 'done' && <CheckOutlined aria-hidden />} {label(stage.label)}
        </button>
      </Tooltip>
    </li>
  )
}

function StageNote({ entity, record, commands, pipeline, stage }: Props & { pipeline: Pipeline; stage: Stage | undefined }) {
  const t = useText()
  const label = useLabel()
  return (
    <p className="fw-stage-note">
      {commands?.daysInStage !== undefined && <span><ClockCircleOutlined aria-hidden /> {t('stage.days', { count: commands.daysInStage })}</span>}
      <RottingMark entity={entity} record={record} />
      <VersionMark entity={entity} record={record} />
      {commands?.pending && <Pending entity={entity} pipeline={pipeline} to={commands.pendingStage} pending={commands.pending} />}
      {stage?.guidance && <span>{label(stage.guidance)}</span>}
      <SwitchPipeline entity={entity} record={record} pipeline={pipeline} commands={commands} />
    </p>
  )
}

/** The move that waits for an approval: whose wish it is, and why. */
function Pending({ entity, pipeline, to, pending: { name, comment, pipeline: other } }: { entity: CompiledEntity; pipeline: Pipeline; to: string | undefined; pending: NonNullable<Commands['pending']> }) {
  const t = useText()
  const label = useLabel()
  const pipelines = useCatalog().pipelines.get(entity.name)
  const stage = (other === undefined ? pipeline : pipelines?.find((p) => p.name === other))?.stages.find((s) => s.id === to)
  return <span><strong>{t('stage.pending', { stage: label(stage?.label) })}</strong>{` (${[name, comment].filter(Boolean).join('：')})`}</span>
}
