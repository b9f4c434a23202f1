import { App } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { messageOf } from '../../../../schemas/errors'
import { fieldTypeOf } from '../../../../schemas/field-types'
import { isOfKind, sizeText, type FileRules } from '../../../../schemas/files'
import type { Field } from '../../../../schemas/generated/types'
import { uploadFile } from '../../api/files'
import { useLabel, useLanguage } from '../../i18n'

export interface Uploading { key: number; name: string; share: number; cancel: () => void }

/** Files on their way. What the field would refuse is not sent; the server judges by the content all the same. */
export function useUploads(field: Field, onDone: (id: string) => void) {
  const { message } = App.useApp()
  const label = useLabel()
  const language = useLanguage()
  const [uploading, setUploading] = useState<Uploading[]>([])
  const rules = fieldTypeOf(field).files!(field)
  const done = useRef(onDone)
  done.current = onDone
  const running = useRef(new Set<AbortController>())
  useEffect(() => () => running.current.forEach((abort) => abort.abort()), [])

  const start = async (file: Blob, name: string) => {
    const abort = new AbortController()
    const key = ++counter
    running.current.add(abort)
    setUploading((all) => [...all, { key, name, share: 0, cancel: () => abort.abort() }])
    const onProgress = (share: number) => setUploading((all) => all.map((one) => (one.key === key ? { ...one, share } : one)))
    try {
      done.current((await uploadFile(file, name, { signal: abort.signal, onProgress })).id)
    } catch (error) {
      if (!abort.signal.aborted) void message.error(`${name}: ${(error as Error).message}`)
    } finally {
      running.current.delete(abort)
      setUploading((all) => all.filter((one) => one.key !== key))
    }
  }
  const send = (file: Blob, name: string) => {
    const refused = refusalOf(file, name, rules)
    if (refused) void message.error(messageOf(refused.code, { label: label(field.label), ...refused.params }, language))
    else void start(file, name)
  }
  return { uploading, send }
}

let counter = 0

function refusalOf({ size, type }: Blob, name: string, { kinds, maxBytes }: FileRules) {
  if (size === 0) return { code: 'emptyFile' as const, params: {} }
  if (size > maxBytes) return { code: 'fileTooLarge' as const, params: { name, limit: sizeText(maxBytes) } }
  // What the browser does not know, the server does.
  if (kinds && type.startsWith('image/') && !isOfKind(type, kinds)) return { code: 'badFileType' as const, params: { name, expected: [...kinds] } }
  return undefined
}
