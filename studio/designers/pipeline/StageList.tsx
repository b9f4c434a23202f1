import { PlusOutlined } from '@ant-design/icons'
import { Button, Progress, Tag } from 'antd'
import { useLabel, useLanguage } from '../../../runtime/app/i18n'
import type { Pipeline, Stage } from '../../../schemas/generated/types'
import { moved, pointerOf } from '../../editor/path'
import { useText } from '../../i18n'
import { choiceText } from '../../i18n/words'
import { usePanel, usePlace } from '../../panels/PanelContext'
import { ProblemMark } from '../../panels/ProblemMark'
import { SortableRows } from '../../panels/SortableRows'
import { problemsAt } from '../../workspace/problems-at'
import { newStage } from './edits'
import './stages.css'

interface Props { selected: number | undefined; onSelect: (index: number | undefined) => void }

/** The stages in their order, each with its meaning, its probability and what it demands. */
export function StageList({ selected, onSelect }: Props) {
  const { value: stages = [], set } = usePlace<Stage[]>(['stages'])
  const t = useText()
  const move = (from: number, to: number) => {
    set(moved(stages, from, to), { key: 'do.moveStage', params: { stage: stages[from]!.label } })
    if (selected === from) onSelect(to)
  }
  const add = () => {
    const { list, index } = newStage(stages)
    set(list, { key: 'do.addStage' })
    onSelect(index)
  }
  return (
    <div className="st-stages">
      <SortableRows count={stages.length} keyOf={(i) => stages[i]!.id || String(i)} label={(i) => stages[i]!.label?.zh ?? stages[i]!.id} onMove={move} selected={(i) => i === selected}
        row={(i) => <StageRow stage={stages[i]!} index={i} selected={i === selected} onSelect={() => onSelect(i === selected ? undefined : i)} />} />
      <Button type="dashed" block icon={<PlusOutlined />} onClick={add}>{t('stage.add')}</Button>
    </div>
  )
}

const colors: Record<Stage['category'], string> = { open: 'blue', won: 'green', lost: 'red', paused: 'gold' }

function StageRow({ stage, index, selected, onSelect }: { stage: Stage; index: number; selected: boolean; onSelect: () => void }) {
  const { problems, document } = usePanel()
  const read = useLabel()
  const language = useLanguage()
  const phase = (document as Pipeline).phases?.find((p) => p.id === stage.phase)
  return (
    <div className="st-stage" data-at={pointerOf(['stages', index])}>
      <button type="button" className="st-stage-main" aria-pressed={selected} onClick={onSelect}>
        <span className="st-stage-number">{index + 1}</span>
        <span className="st-stage-title"><span className="st-stage-label">{read(stage.label) || stage.id}</span> <code className="fw-muted">{stage.id}</code></span>
        <span className="st-stage-phase fw-muted">{read(phase?.label)}</span>
        <span className="st-stage-demands"><Demands stage={stage} /></span>
        <Progress className="st-stage-chance" percent={stage.probability ?? 0} size="small" status="normal" strokeColor="#7d9be0" />
        <Tag variant="filled" color={colors[stage.category]}>{choiceText('StageCategory', stage.category, language)}</Tag>
      </button>
      <ProblemMark problems={problemsAt(problems, ['stages', index])} />
    </div>
  )
}

function Demands({ stage }: { stage: Stage }) {
  const t = useText()
  const conditions = (stage.entryCriteria?.length ?? 0) + (stage.exitCriteria?.length ?? 0)
  return (
    <>
      {(stage.requiredFields?.length ?? 0) > 0 && <Tag variant="filled">{t('stage.requires', { count: stage.requiredFields!.length })}</Tag>}
      {conditions > 0 && <Tag variant="filled">{t('stage.conditions', { count: conditions })}</Tag>}
      {stage.gate && <Tag variant="filled" color="purple">{t('stage.gate')}</Tag>}
    </>
  )
}
