import { CloseOutlined, UploadOutlined } from '@ant-design/icons'
import { Button, Progress } from 'antd'
import { useRef, useState, type ReactNode } from 'react'
import { fieldTypeOf } from '../../../../schemas/field-types'
import { fileKinds } from '../../../../schemas/files'
import type { Field } from '../../../../schemas/generated/types'
import { useText } from '../../i18n'
import type { InputProps } from '../field-view'
import { useFileName } from './FileLink'
import { useUploads, type Uploading } from './use-uploads'
import './files.css'

interface Props extends InputProps {
  /** Most files. */
  max: number
  /** How one is shown. */
  show: (id: string) => ReactNode
}

/** Files chosen with the button or dropped, each with its way here and a button that takes it out again. */
export function FilesInput({ id, field, value, onChange, max, show, label, describedBy, invalid }: Props) {
  const t = useText()
  const ids = (value as string[] | null) ?? []
  const latest = useRef(ids)
  latest.current = ids
  const put = (next: string[]) => { latest.current = next; onChange(next.length === 0 ? null : next) }
  const { uploading, send } = useUploads(field, (added) => put([...latest.current, added]))
  const picker = useRef<HTMLInputElement>(null)
  const room = max - ids.length - uploading.length
  const take = (files: Iterable<File>) => [...files].slice(0, room).forEach((file) => send(file, file.name))
  const drop = useDrop(take)
  return (
    <div className="fw-files" data-over={drop.over || undefined} {...drop.handlers}>
      {ids.map((one) => <Chosen key={one} id={one} onRemove={() => put(latest.current.filter((other) => other !== one))}>{show(one)}</Chosen>)}
      {uploading.map((one) => <OnItsWay key={one.key} upload={one} />)}
      <input ref={picker} type="file" hidden multiple={max > 1} accept={acceptOf(field)} aria-hidden onChange={(event) => { take(event.target.files ?? []); event.target.value = '' }} />
      <Button id={id} icon={<UploadOutlined />} disabled={room <= 0} danger={invalid ?? false} aria-label={label} aria-describedby={describedBy} onClick={() => picker.current?.click()}>{t('files.choose')}</Button>
      <span className="fw-muted fw-hide-phone">{room > 0 ? t('files.drop') : t('files.full', { max })}</span>
    </div>
  )
}

function Chosen({ id, onRemove, children }: { id: string; onRemove: () => void; children: ReactNode }) {
  const t = useText()
  const name = useFileName(id) ?? ''
  return (
    <span className="fw-files-one">
      {children}
      <Button type="text" size="small" icon={<CloseOutlined />} aria-label={t('files.remove', { name })} onClick={onRemove} />
    </span>
  )
}

function OnItsWay({ upload: { name, share, cancel } }: { upload: Uploading }) {
  const t = useText()
  return (
    <span className="fw-files-one" role="status">
      <span className="fw-ellipsis">{name}</span>
      <Progress className="fw-files-progress" percent={Math.round(share * 100)} size="small" aria-label={name} />
      <Button type="text" size="small" icon={<CloseOutlined />} aria-label={t('files.cancel', { name })} onClick={cancel} />
    </span>
  )
}

/** What the chooser of the system offers first. */
const acceptOf = (field: Field) => fieldTypeOf(field).files!(field).kinds?.flatMap((kind) => fileKinds[kind]).join(',')

function useDrop(take: (files: Iterable<File>) => void) {
  const [over, setOver] = useState(false)
  return {
    over,
    handlers: {
      onDragOver: (event: React.DragEvent) => { event.preventDefault(); setOver(true) },
      onDragLeave: () => setOver(false),
      onDrop: (event: React.DragEvent) => { event.preventDefault(); setOver(false); take(event.dataTransfer.files) },
    },
  }
}
