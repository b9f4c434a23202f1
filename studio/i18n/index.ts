import { defineTexts } from '../../runtime/app/i18n'
import { en } from './en'
import { zh } from './zh'

export const { text, useText } = defineTexts('studio', en, zh)
export type TextKey = Parameters<typeof text>[0]
