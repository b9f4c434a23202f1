import { App, Button } from 'antd'
import { useState } from 'react'
import type { FlowInstance } from '../api'
import { withdraw } from '../api/flows'
import { useAfterWrite } from '../api/queries'
import { useDescribe } from '../components'
import { useText } from '../i18n'
import { isLive } from '../../engine/flow/types'

/** Takes one's own submission back, while the flow's settings allow it. */
export function WithdrawButton({ instance }: { instance: FlowInstance }) {
  const t = useText()
  const { message } = App.useApp()
  const describe = useDescribe()
  const refresh = useAfterWrite()
  const [busy, setBusy] = useState(false)
  if (!mayWithdraw(instance)) return null
  const run = async () => {
    setBusy(true)
    try {
      await withdraw(instance.id, '')
      void message.success(t('approval.withdrawn'))
    } catch (error) {
      void message.error(describe(error))
    } finally {
      setBusy(false)
      void refresh()
    }
  }
  return <Button size="small" loading={busy} onClick={() => void run()}>{t('approval.withdraw')}</Button>
}

function mayWithdraw({ status, definition, trail }: FlowInstance): boolean {
  const policy = definition.settings?.withdraw ?? 'beforeFirstDecision'
  const decided = trail.some(({ kind }) => kind === 'approved' || kind === 'rejected')
  return isLive({ status }) && (policy === 'untilFinal' || (policy === 'beforeFirstDecision' && !decided))
}
