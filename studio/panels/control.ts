/**
 * What a panel is made of, derived from the JSON Schema of the definitions: one control for every member a file can have.
 * Pure; how each control looks is in `controls/`.
 */
export interface Help { en: string; zh: string }

/** `place` names where a control stands in the language, as Entity.titleField; hints go by it. */
interface At { place: string; help?: Help | undefined }

export interface TextControl extends At { kind: 'text'; pattern?: string; maxLength?: number; format?: string }
export interface NumberControl extends At { kind: 'number'; whole: boolean; min?: number; max?: number }
/** `usual`: what holds without the member. */
export interface ChoiceControl extends At { kind: 'choice'; values: readonly (string | number)[]; usual?: string | number }
export interface ChoicesControl extends At { kind: 'choices'; values: readonly string[] }
export interface FixedControl extends At { kind: 'fixed'; value: string | number }
export interface GroupControl extends At { kind: 'group'; members: readonly Member[] }
export interface ListControl extends At { kind: 'list'; item: Control; min: number; max: number }
export interface MapControl extends At { kind: 'map'; value: Control }
/** One of several shapes. `by` is the member whose fixed value tells them apart; without it they differ in their JSON type. */
export interface VariantsControl extends At { kind: 'variants'; by?: string; variants: readonly Variant[] }
/** `any`: any JSON. `name(s)`: of something defined, or a new one. `fields`: a list of field definitions. */
export interface PlainControl extends At { kind: 'switch' | 'label' | 'expression' | 'name' | 'names' | 'fieldPath' | 'sort' | 'options' | 'filter' | 'fields' | 'any' }

export interface Variant { name: string; control: Control; help?: Help | undefined }
export interface Member { name: string; required: boolean; control: Control }

export type Control =
  | TextControl | NumberControl | ChoiceControl | ChoicesControl | FixedControl | GroupControl | ListControl | MapControl
  | VariantsControl | PlainControl
export type ControlKind = Control['kind']
export type ControlOf<K extends ControlKind> = Extract<Control, { kind: K }>
