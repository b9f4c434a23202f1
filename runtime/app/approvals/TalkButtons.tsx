import { BellOutlined, CommentOutlined } from '@ant-design/icons'
import { App, Button, Input, Popover } from 'antd'
import { useState } from 'react'
import { isLive } from '../../engine/flow/types'
import type { FlowInstance, Id } from '../api'
import { comment, urge } from '../api/flows'
import { useAfterWrite } from '../api/queries'
import { useDescribe } from '../components'
import { useText, type TextKey } from '../i18n'
import { useMe } from '../session'
import { Attachments } from './Attachments'

/** Says something without deciding: a comment, or that it is urgent. */
export function TalkButtons({ instance }: { instance: FlowInstance }) {
  const t = useText()
  const me = useMe().user.id
  const { tell, busy } = useTell()
  const [open, setOpen] = useState(false)
  const [text, setText] = useState('')
  const [files, setFiles] = useState<Id[]>([])
  const send = async () => { if (await tell(() => comment(instance.id, text, files), 'approval.commented')) { setOpen(false); setText(''); setFiles([]) } }
  const content = (
    <div className="fw-submit">
      <Input.TextArea autoFocus rows={3} maxLength={2000} className="fw-text-area" value={text} onChange={(event) => setText(event.target.value)} aria-label={t('common.comment')} />
      <Attachments value={files} onChange={setFiles} />
      <Button type="primary" loading={busy} disabled={text.trim() === ''} onClick={() => void send()}>{t('approval.comment')}</Button>
    </div>
  )
  const waits = isLive(instance) && instance.tasks.some(({ status }) => status === 'open')
  return (
    <>
      {waits && instance.initiator === me && <Button size="small" icon={<BellOutlined aria-hidden />} loading={busy} onClick={() => void tell(() => urge(instance.id), 'approval.urged')}>{t('approval.urge')}</Button>}
      <Popover trigger="click" open={open} onOpenChange={setOpen} content={content} destroyOnHidden>
        <Button size="small" icon={<CommentOutlined aria-hidden />}>{t('approval.comment')}</Button>
      </Popover>
    </>
  )
}

function useTell() {
  const t = useText()
  const { message } = App.useApp()
  const describe = useDescribe()
  const refresh = useAfterWrite()
  const [busy, setBusy] = useState(false)
  const tell = async (run: () => Promise<unknown>, said: TextKey): Promise<boolean> => {
    setBusy(true)
    try {
      await run()
      void message.success(t(said))
      void refresh()
      return true
    } catch (error) {
      void message.error(describe(error))
      return false
    } finally {
      setBusy(false)
    }
  }
  return { tell, busy }
}
