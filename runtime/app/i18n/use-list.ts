import { useLanguage } from './i18n'

/** Several things in a row, as the language divides them. */
export function useList(): (items: readonly string[]) => string {
  const language = useLanguage()
  return (items) => items.join(language === 'zh' ? '、' : ', ')
}
