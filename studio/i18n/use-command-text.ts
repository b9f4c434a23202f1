import { useCallback } from 'react'
import { labelIn, useLanguage } from '../../runtime/app/i18n'
import type { CommandText } from '../editor/command-text'
import { useText } from './index'

/** What a command did, in the reader's language. */
export function useCommandText(): (text: CommandText) => string {
  const t = useText()
  const language = useLanguage()
  return useCallback(({ key, params = {} }) => {
    const shown = Object.entries(params).map(([name, value]) => [name, typeof value === 'object' ? labelIn(value, language) : value] as const)
    return t(key, Object.fromEntries(shown))
  }, [t, language])
}
