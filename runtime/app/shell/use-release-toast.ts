import { App } from 'antd'
import { useEffect } from 'react'
import { releaseSeen } from '../api'
import { useText } from '../i18n'

/** Says that the screens follow new definitions, so that a field that appears is no surprise. */
export function useReleaseToast(): void {
  const { message } = App.useApp()
  const t = useText()
  useEffect(() => releaseSeen.subscribe(() => void message.info(t('shell.newRelease'))), [message, t])
}
