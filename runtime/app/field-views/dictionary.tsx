import { itemsOf } from '../../../schemas/field-types/dictionary/dictionary'
import type { DictionaryField, DictionaryItem } from '../../../schemas/generated/types'
import { ChoiceTag } from './ChoiceTag'
import type { FieldView, InputProps, ShowProps } from './field-view'
import { ChoiceSelect } from './inputs/ChoiceSelect'

const Show = ({ field, value }: ShowProps<DictionaryField>) => (value ? <ChoiceTag options={itemsOf(field)} value={value as string} /> : null)

/** What is no longer offered is there only where it is chosen already. */
const Input = (props: InputProps<DictionaryField>) => <ChoiceSelect {...props} options={withParents(itemsOf(props.field)).filter((item) => !item.disabled || item.value === props.value)} />
const Choice = (props: InputProps<DictionaryField>) => <ChoiceSelect {...props} options={withParents(itemsOf(props.field))} />
const Many = (props: InputProps<DictionaryField>) => <ChoiceSelect {...props} options={withParents(itemsOf(props.field))} multiple />

/** Each entry with those above it in its label. */
function withParents(items: DictionaryItem[]): DictionaryItem[] {
  const byValue = new Map(items.map((item) => [item.value, item]))
  const labelOf = (item: DictionaryItem): DictionaryItem['label'] => {
    const parent = item.parent === undefined ? undefined : byValue.get(item.parent)
    if (!parent) return item.label
    const above = labelOf(parent)
    return { en: `${above.en} / ${item.label.en}`, zh: `${above.zh} / ${item.label.zh}` }
  }
  return items.map((item) => ({ ...item, label: labelOf(item) }))
}

export const dictionary: FieldView<DictionaryField> = { Show, Input, Choice, Many, quick: 'in', width: 120 }
