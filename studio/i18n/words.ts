/** Names of members and choices of definitions, for people. A test holds them against the schemas. */
import type { Label } from '../../schemas/generated/types'
import type { Language } from '../../schemas/field-types/field-type'
import { choices } from './choices'
import { members } from './members'

type Words = Readonly<Record<string, readonly [en: string, zh: string]>>
const at = { en: 0, zh: 1 } as const

/** A member that offers the names of another set of choices. */
const sameAs: Readonly<Record<string, string>> = { type: 'Field', actions: 'TaskAction', commentRequired: 'TaskAction', signatureRequired: 'TaskAction', bulkActions: 'TaskAction' }

const find = (words: Words, key: string): readonly [string, string] | undefined => (Object.hasOwn(words, key) ? words[key] : undefined)

export const hasMemberText = (name: string) => find(members, name) !== undefined
export const hasChoiceText = (member: string, value: string | number) => choice(member, value) !== undefined

export const memberText = (name: string, language: Language): string => find(members, name)?.[at[language]] ?? name

/** The name of a choice of a member: the same word can mean different things in different members. */
export function choiceText(member: string, value: string | number, language: Language): string {
  return choice(member, value)?.[at[language]] ?? String(value)
}

const choice = (member: string, value: string | number) =>
  find(choices, `${member}.${value}`) ?? find(choices, `${sameAs[member]}.${value}`)

export const memberLabel = (name: string): Label => ({ en: memberText(name, 'en'), zh: memberText(name, 'zh') })
