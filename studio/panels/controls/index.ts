/** The registry of controls: one line a kind. */
import type { ControlKind } from '../control'
import { ExpressionInput } from '../expression/ExpressionInput'
import { FieldsInput } from './FieldsInput'
import { FilterInput } from './FilterInput'
import { JsonInput } from './JsonInput'
import { FieldPathInput, NameInput, NamesInput, SortInput } from './names'
import { OptionsInput } from './OptionsInput'
import { ChoiceInput, ChoicesInput, LabelInput, NumberInput, SwitchInput, TextInput } from './plain'
import type { ControlView } from './props'
import { ListInput } from './ListInput'
import { FixedInput, GroupInput, MapInput, VariantsInput } from './structure'

export const controlViews = {
  text: TextInput, number: NumberInput, switch: SwitchInput, choice: ChoiceInput, choices: ChoicesInput, label: LabelInput,
  expression: ExpressionInput, name: NameInput, names: NamesInput, fieldPath: FieldPathInput, sort: SortInput, options: OptionsInput,
  filter: FilterInput, fields: FieldsInput, any: JsonInput, fixed: FixedInput, group: GroupInput, list: ListInput, map: MapInput, variants: VariantsInput,
} as const satisfies { [K in ControlKind]: ControlView<K> }
