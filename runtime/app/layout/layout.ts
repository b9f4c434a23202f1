import type { Form, FormField, FormSection, Label, RelatedList } from '../../../schemas/generated/types'
import type { CompiledEntity, CompiledField } from '../../engine/model'

export type Item = FormField | RelatedList
export interface Tab { id: string; label: Label; sections: FormSection[] }

export const isField = (item: Item): item is FormField => 'field' in item

/** The form a screen uses; without one all fields are shown in their order. */
export const formFor = (forms: Form[] | undefined, purpose: Form['purpose']): Form | undefined => forms?.find((form) => form.purpose === purpose)

const rest = (fields: CompiledField[]): FormSection => ({ id: 'rest', items: fields.map((field) => ({ field: field.name })) })

/** Names that an administrator added begin so. */
const added = 'x_'

/**
 * What is laid out where, without what `keep` refuses. Added fields that none of the entity's forms names yet stand at the end of
 * the first tab, so that one just added in the studio is seen at once; `hidden` is the way to keep a field off the screens.
 */
export function layoutTabs(entity: CompiledEntity, form: Form | undefined, forms: Form[], keep: (item: Item) => boolean): Tab[] {
  const unnamed = form ? addedFields(entity, forms) : entity.own
  const tabs: Tab[] = form?.tabs ?? [{ id: 'all', label: entity.definition.label, sections: [] }]
  return tabs
    .map((tab, i) => (i === 0 && unnamed.length > 0 ? { ...tab, sections: [...tab.sections, rest(unnamed)] } : tab))
    .map((tab) => ({ ...tab, sections: keptSections(tab.sections, keep) }))
    .filter((tab) => tab.sections.length > 0)
}

const keptSections = (sections: FormSection[], keep: (item: Item) => boolean): FormSection[] =>
  sections.map((section) => ({ ...section, items: section.items.filter(keep) })).filter((section) => section.items.length > 0)

function addedFields(entity: CompiledEntity, forms: Form[]): CompiledField[] {
  const named = new Set(forms.flatMap((form) => form.tabs).flatMap((tab) => tab.sections).flatMap((section) => section.items).flatMap((item) => (isField(item) ? [item.field] : [])))
  return entity.own.filter(({ name }) => name.startsWith(added) && !named.has(name))
}

export const fieldsOf = (tab: Tab): string[] => tab.sections.flatMap((section) => section.items.filter(isField).map((item) => item.field))
