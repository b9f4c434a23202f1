/** Wiring of i18next. Texts live in en.ts and zh.ts; other apps add their own with `defineTexts`. */
import i18next from 'i18next'
import { initReactI18next, useTranslation } from 'react-i18next'
import type { Language } from '../../../schemas/field-types/field-type'
import { connection } from '../api/connection'

const storageKey = 'formwright.language'

export const toLanguage = (tag: string): Language => (tag.toLowerCase().startsWith('zh') ? 'zh' : 'en')
export const toTag = (language: Language) => (language === 'zh' ? 'zh-CN' : 'en')
export const currentLanguage = (): Language => toLanguage(i18next.language)

void i18next.use(initReactI18next).init({
  lng: storedLanguage(),
  initAsync: false,
  fallbackLng: 'en',
  resources: {},
  keySeparator: false,
  nsSeparator: false,
  interpolation: { escapeValue: false, prefix: '{', suffix: '}' },
  returnNull: false,
})
follow(currentLanguage())
i18next.on('languageChanged', () => follow(currentLanguage()))

/** What was chosen in this browser, else what the browser asks for. */
function storedLanguage(): Language {
  const wanted = localStorage.getItem(storageKey) ?? navigator.language
  return toLanguage(wanted)
}


function follow(language: Language): void {
  connection.language = toTag(language)
  document.documentElement.lang = toTag(language)
}

export function switchLanguage(language: Language): void {
  localStorage.setItem(storageKey, language)
  if (language !== currentLanguage()) void i18next.changeLanguage(language)
}

/** `one` of `count_one` is optional in a language without a singular. */
type Plain<K> = K extends `${infer Base}_one` | `${infer Base}_other` ? Base : K
export type Translated<M> = { [K in keyof M as K extends `${string}_one` ? never : K]: string }
export type Params = Record<string, string | number>

export interface Text<K extends string> {
  (key: K, params?: Params): string
}

/**
 * Registers the texts of one part of the product and returns how to read them: a hook for components, a function for the rest.
 * `{name}` stands for a parameter. A key missing in Chinese does not compile.
 */
export function defineTexts<M extends Record<string, string>>(namespace: string, en: M, zh: Translated<M>) {
  type Key = Plain<Extract<keyof M, string>>
  i18next.addResourceBundle('en', namespace, en)
  i18next.addResourceBundle('zh', namespace, zh)
  const text: Text<Key> = (key, params) => i18next.t(key as string, { ns: namespace, ...params })
  function useText(): Text<Key> {
    useTranslation(namespace)
    return text
  }
  return { text, useText }
}

/** The language, kept up to date in components. */
export function useLanguage(): Language {
  return toLanguage(useTranslation().i18n.language)
}
