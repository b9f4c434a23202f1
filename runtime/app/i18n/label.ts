import type { Label } from '../../../schemas/generated/types'
import type { Language } from '../../../schemas/field-types/field-type'
import { useLanguage } from './i18n'

export const labelIn = (label: Label | undefined, language: Language): string => label?.[language] ?? ''

/** Reads the labels of definitions in the language of the screen. */
export function useLabel(): (label: Label | undefined) => string {
  const language = useLanguage()
  return (label) => labelIn(label, language)
}
