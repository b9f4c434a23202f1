import { GlobalOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { saveLanguage } from '../api/session'
import { switchLanguage, toTag, useLanguage, useText } from '../i18n'
import { useReloadMe } from '../session'

const others = { en: 'zh', zh: 'en' } as const
const names = { en: 'English', zh: '中文' } as const

interface Props {
  /** Nobody is signed in: the choice stays in this browser. */
  local?: boolean
}

/** Offers the other language, by its own name. */
export function LanguageSwitch({ local }: Props) {
  const t = useText()
  const other = others[useLanguage()]
  return local ? <Choice other={other} label={t('shell.language')} onChoose={() => switchLanguage(other)} /> : <Saved other={other} label={t('shell.language')} />
}

function Saved({ other, label }: { other: 'en' | 'zh'; label: string }) {
  const reload = useReloadMe()
  const choose = () => {
    switchLanguage(other)
    void saveLanguage(toTag(other)).then(reload, () => {})
  }
  return <Choice other={other} label={label} onChoose={choose} />
}

function Choice({ other, label, onChoose }: { other: 'en' | 'zh'; label: string; onChoose: () => void }) {
  return <Button type="text" icon={<GlobalOutlined aria-hidden />} onClick={onChoose} lang={toTag(other)} aria-label={`${label}: ${names[other]}`} className="fw-language">{names[other]}</Button>
}
