import { App, ConfigProvider } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn'
import type { ReactNode } from 'react'
import { useLanguage } from '../i18n'
import { giveNonceToStyles, nonce } from './nonce'
import { theme } from './theme'
import './base.css'

const locales = { en: { antd: enUS, dayjs: 'en' }, zh: { antd: zhCN, dayjs: 'zh-cn' } } as const

/** Two Chinese characters stay together: what a button says can be found by searching for it. */
const button = { autoInsertSpace: false }

const csp = { nonce }
if (nonce !== '') giveNonceToStyles()

/** Look, language and the style nonce of both apps. */
export function ThemeProvider({ children }: { children: ReactNode }) {
  const locale = locales[useLanguage()]
  dayjs.locale(locale.dayjs)
  return (
    <ConfigProvider theme={theme} locale={locale.antd} csp={csp} componentSize="middle" button={button}>
      <App className="fw-app" notification={{ placement: 'bottomRight' }} message={{ maxCount: 3 }}>
        {children}
      </App>
    </ConfigProvider>
  )
}
