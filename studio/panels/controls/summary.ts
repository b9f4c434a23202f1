import { useLabel, useLanguage } from '../../../runtime/app/i18n'
import type { Language } from '../../../schemas/field-types/field-type'
import type { Label } from '../../../schemas/generated/types'
import type { Path } from '../../editor/path'
import { choiceText } from '../../i18n/words'
import type { Control, ControlKind } from '../control'
import { namesFor, type NameScope } from '../names'
import { useScopeAt } from './names'
import { fits } from './structure'

interface Known { scope: NameScope; read: (label: Label | undefined) => string; language: Language }
type Summing = (value: never, control: Control, known: Known) => string

const lastOf = (place: string) => place.split('.').at(-1)!

function nameText(name: string, control: Control, { scope, read }: Known): string {
  return read(namesFor(control.place, scope)?.find((n) => n.value === name)?.label) || name
}

/** What single values say in a summary; other kinds say nothing. */
const words: Partial<Record<ControlKind, Summing>> = {
  label: (value: Label, _, { read }) => read(value),
  name: nameText,
  names: (value: string[], control, known) => value.map((n) => nameText(n, control, known)).join(', '),
  choice: (value: string, { place }, { language }) => choiceText(lastOf(place), value, language),
  choices: (value: string[], { place }, { language }) => value.map((v) => choiceText(lastOf(place), v, language)).join(', '),
  fieldPath: (value: string) => value,
  text: (value: string) => value,
  expression: (value: string) => value,
}
const mostParts = 4

/** One line that tells an item of a list from its neighbours. */
export function useSummary(path: Path): (control: Control, value: unknown) => string {
  const known: Known = { scope: useScopeAt([...path, '']), read: useLabel(), language: useLanguage() }
  return (control, value) => partsOf(control, value, known).filter(Boolean).slice(0, mostParts).join(' · ')
}

function partsOf(control: Control, value: unknown, known: Known): string[] {
  if (value === undefined) return []
  if (control.kind === 'group') return control.members.filter((m) => m.name !== 'id').flatMap((m) => partsOf(m.control, (value as Record<string, unknown>)[m.name], known))
  if (control.kind === 'variants') {
    const variant = control.variants.find((v) => fits(v, value, control.by))
    const name = variant && control.by !== undefined ? [choiceText(lastOf(control.place), variant.name, known.language)] : []
    return variant ? [...name, ...partsOf(variant.control, value, known)] : []
  }
  const say = words[control.kind]
  return say ? [say(value as never, control, known)] : []
}
