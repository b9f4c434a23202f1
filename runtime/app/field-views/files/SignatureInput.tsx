import { Button } from 'antd'
import { useRef } from 'react'
import { fileKinds } from '../../../../schemas/files'
import { useText } from '../../i18n'
import type { InputProps } from '../field-view'
import { Picture } from './Picture'
import { useDrawing } from './use-drawing'
import { useUploads } from './use-uploads'
import './files.css'

/** A signature drawn with pen, finger or mouse; who cannot draw chooses a picture of it. */
export function SignatureInput({ id, field, value, onChange, label, describedBy }: InputProps) {
  const t = useText()
  const { uploading, send } = useUploads(field, onChange)
  const picker = useRef<HTMLInputElement>(null)
  const { canvas, drawn, clear, picture, handlers } = useDrawing()
  const keep = async () => { const blob = await picture(); if (blob) send(blob, 'signature.png') }
  if (value) {
    return (
      <div>
        <Picture id={value as string} />
        <div className="fw-sign-bar"><Button id={id} size="small" aria-label={label} aria-describedby={describedBy} onClick={() => onChange(null)}>{t('signature.again')}</Button></div>
      </div>
    )
  }
  return (
    <div>
      <canvas ref={canvas} className="fw-sign" role="img" aria-label={t('signature.draw')} {...handlers} />
      <input ref={picker} type="file" hidden accept={fileKinds.image.join(',')} aria-hidden onChange={(event) => { const [file] = event.target.files ?? []; if (file) send(file, file.name); event.target.value = '' }} />
      <div className="fw-sign-bar">
        <Button size="small" type="primary" disabled={!drawn} loading={uploading.length > 0} onClick={() => void keep()}>{t('signature.keep')}</Button>
        <Button size="small" disabled={!drawn} onClick={clear}>{t('signature.clear')}</Button>
        <Button id={id} size="small" aria-label={label} aria-describedby={describedBy} onClick={() => picker.current?.click()}>{t('signature.choose')}</Button>
        <span className="fw-muted">{t('signature.draw')}</span>
      </div>
    </div>
  )
}
