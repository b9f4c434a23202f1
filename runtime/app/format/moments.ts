import dayjs from 'dayjs'
import relativeTime from 'dayjs/plugin/relativeTime'
import { toTag, useLanguage } from '../i18n'

dayjs.extend(relativeTime)

/** A moment in full, as the reader's culture writes it. */
export function useMoment(): (at: string) => string {
  const language = useLanguage()
  const format = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : toTag(language), { dateStyle: 'medium', timeStyle: 'short' })
  return (at) => format.format(new Date(at))
}

const names = { en: 'en', zh: 'zh-cn' } as const

/** "3 hours ago". */
export function useAgo(): (at: string) => string {
  const language = useLanguage()
  return (at) => dayjs(at).locale(names[language]).fromNow()
}
