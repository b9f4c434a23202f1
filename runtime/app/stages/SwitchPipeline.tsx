import { SwapOutlined } from '@ant-design/icons'
import { Button, Form, Modal, Select } from 'antd'
import { useState } from 'react'
import type { Pipeline, Stage } from '../../../schemas/generated/types'
import type { CompiledEntity } from '../../engine/model'
import { stageAfterSwitch } from '../../engine/move-stage'
import type { Commands, RecordDoc } from '../api'
import { useLabel, useText } from '../i18n'
import { useCatalog } from '../session'
import { useStageMover } from './StageMover'

interface Props { entity: CompiledEntity; record: RecordDoc; pipeline: Pipeline; commands: Commands | undefined }

/** Changing a record over to another pipeline, or to the present version of its own; offered where there is one and the record can move. */
export function SwitchPipeline(props: Props) {
  const t = useText()
  const [open, setOpen] = useState(false)
  const { entity, pipeline, commands } = props
  const own = (p: Pipeline) => p.name === pipeline.name
  const others = (useCatalog().pipelines.get(entity.name) ?? []).filter((p) => p !== pipeline).sort((a, b) => Number(own(b)) - Number(own(a)))
  if (others.length === 0 || !commands?.moves.length || commands.pendingStage !== undefined) return null
  return (
    <>
      <Button type="link" size="small" icon={<SwapOutlined aria-hidden />} onClick={() => setOpen(true)}>{t(others.some(own) ? 'pipeline.toPresent' : 'pipeline.switch')}</Button>
      {open && <SwitchDialog {...props} others={others} onClose={() => setOpen(false)} />}
    </>
  )
}

function SwitchDialog({ entity, record, pipeline, others, onClose }: Props & { others: Pipeline[]; onClose: () => void }) {
  const t = useText()
  const label = useLabel()
  const move = useStageMover()
  const [to, setTo] = useState(others[0]!)
  const current = record[entity.definition.pipeline!.stageField]
  const mapped = stageAfterSwitch(pipeline, current, to)
  const [wished, setWished] = useState<string>()
  const stage: Stage | undefined = mapped ?? to.stages.find((s) => s.id === wished)
  const isOwn = (p: Pipeline) => p.name === pipeline.name
  const named = (p: Pipeline) => (isOwn(p) ? t('pipeline.present', { mode: label(p.label) }) : label(p.label))
  const note = !mapped ? 'pipeline.choose' : isOwn(to) && mapped.id === current ? 'pipeline.stays' : 'pipeline.mapped'
  const options = (items: readonly { label: Stage['label']; key: string }[]) => items.map((item) => ({ value: item.key, label: label(item.label) }))
  const submit = () => {
    onClose()
    void move({ entity, record, to: stage!, pipeline: to })
  }
  return (
    <Modal open title={t(isOwn(to) ? 'pipeline.toPresent' : 'pipeline.switch')} onCancel={onClose} onOk={submit} okText={t('pipeline.switchNow')} okButtonProps={{ disabled: !stage }}>
      <Form layout="vertical" component="div">
        <Form.Item label={t('pipeline.switchTo')}>
          <Select aria-label={t('pipeline.switchTo')} value={to.name} options={others.map((p) => ({ value: p.name, label: named(p) }))} onChange={(name: string) => { setTo(others.find((p) => p.name === name)!); setWished(undefined) }} />
        </Form.Item>
        <Form.Item label={t('pipeline.switchStage')} extra={t(note)}>
          <Select aria-label={t('pipeline.switchStage')} value={stage?.id ?? null} disabled={mapped !== undefined} options={options(to.stages.filter((s) => s.category === 'open').concat(mapped && mapped.category !== 'open' ? [mapped] : []).map((s) => ({ label: s.label, key: s.id })))} onChange={(id: string) => setWished(id)} />
        </Form.Item>
      </Form>
    </Modal>
  )
}
