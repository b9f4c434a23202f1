import { defineTexts } from './i18n'
import { en } from './en'
import { zh } from './zh'

export const { text, useText } = defineTexts('runtime', en, zh)
export type TextKey = Parameters<typeof text>[0]
export { currentLanguage, defineTexts, switchLanguage, toLanguage, toTag, useLanguage } from './i18n'
export { labelIn, useLabel } from './label'
export { useList } from './use-list'
export { useMessage } from './use-message'
