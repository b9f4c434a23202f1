import { DownloadOutlined, UploadOutlined } from '@ant-design/icons'
import { Alert, Button, Modal } from 'antd'
import { useRef, useState } from 'react'
import { ErrorAlert } from '../../../runtime/app/components'
import type { Flow } from '../../../schemas/generated/types'
import { importBpmn, type BpmnImport } from '../../api/studio-api'
import { useText } from '../../i18n'
import { usePanel } from '../../panels/PanelContext'
import { useWorkspace } from '../../workspace/WorkspaceProvider'
import './looks/looks.css'

/** The draft as a BPMN file, and a file in the place of the draft. */
export function BpmnButtons({ flow }: { flow: Flow }) {
  const t = useText()
  const file = useRef<HTMLInputElement>(null)
  const [read, setRead] = useState<BpmnImport>()
  const [error, setError] = useState<unknown>()
  const open = async (chosen: File | undefined) => {
    if (!chosen) return
    setError(undefined)
    setRead(undefined)
    try { setRead(await importBpmn({ xml: await chosen.text(), name: flow.name, entity: flow.entity })) } catch (problem) { setError(problem) }
  }
  const close = () => { setRead(undefined); setError(undefined) }
  return (
    <>
      <Button size="small" icon={<DownloadOutlined />} href={`/api/v1/flows/${flow.name}/bpmn?draft=true`} aria-label={t('bpmn.export')} title={t('bpmn.export')} />
      <Button size="small" icon={<UploadOutlined />} aria-label={t('bpmn.import')} title={t('bpmn.import')} onClick={() => file.current?.click()} />
      <input ref={file} type="file" accept=".bpmn,.xml" hidden aria-label={t('bpmn.import')} onChange={(event) => { void open(event.target.files?.[0]); event.target.value = '' }} />
      {(read !== undefined || error !== undefined) && <Outcome read={read} error={error} onClose={close} />}
    </>
  )
}

function Outcome({ read, error, onClose }: { read: BpmnImport | undefined; error: unknown; onClose: () => void }) {
  const t = useText()
  const { id } = usePanel()
  const workspace = useWorkspace()
  const take = () => { workspace.editOne(id, { key: 'do.importBpmn' }, () => read!.definition); onClose() }
  return (
    <Modal open title={t('bpmn.title')} width={720} onCancel={onClose} onOk={take} okText={t('bpmn.take')} okButtonProps={{ disabled: read === undefined }}>
      <div className="st-stack">
        <ErrorAlert error={error} />
        {read && <p>{t('bpmn.nodes', { nodes: read.definition.nodes.length, ways: read.definition.edges.length })}</p>}
        {read?.notes.length === 0 && <Alert type="success" showIcon title={t('bpmn.whole')} />}
        {read && read.notes.length > 0 && <Alert type="warning" showIcon title={t('bpmn.notes')} description={<ul>{read.notes.map((note, i) => <li key={i}>{note.message} <code>{String(note.params?.element ?? '')}</code></li>)}</ul>} />}
      </div>
    </Modal>
  )
}
