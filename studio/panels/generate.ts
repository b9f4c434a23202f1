import generated from '../../schemas/generated/definitions.schema.json'
import type { Control, Help, Member, PlainControl, Variant } from './control'

/** The part of JSON Schema that the definitions are written in. */
export interface Schema {
  $ref?: string
  title?: string
  type?: string
  const?: string | number
  enum?: readonly (string | number)[]
  default?: string | number
  properties?: Record<string, Schema>
  required?: readonly string[]
  additionalProperties?: boolean | Schema
  items?: Schema
  oneOf?: readonly Schema[]
  anyOf?: readonly Schema[]
  pattern?: string
  format?: string
  minimum?: number
  maximum?: number
  maxLength?: number
  minItems?: number
  maxItems?: number
  description?: string
  zh?: string
}

export const schemas = generated.definitions as unknown as Record<string, Schema>
const nameOf = (ref: string) => ref.slice('#/definitions/'.length)

/** Definitions with a control of their own; all others are taken apart. */
const own: Record<string, PlainControl['kind']> = {
  Label: 'label', Expression: 'expression', Name: 'name', FieldPath: 'fieldPath', Sort: 'sort', Options: 'options', Filter: 'filter',
}
/** Lists with a control of their own, by what they are lists of. */
const ownLists: Record<string, PlainControl['kind']> = { Field: 'fields', Name: 'names' }

const memo = new Map<string, Control>()

/** The control of a named definition: Entity, MoneyField, Stage, … */
export function controlOfDefinition(name: string): Control {
  const known = memo.get(name) ?? controlOf(schemas[name]!, name)
  memo.set(name, known)
  return known
}

/** The members of a named definition. */
export function membersOf(name: string): readonly Member[] {
  const control = controlOfDefinition(name)
  return control.kind === 'group' ? control.members : []
}

export function controlOf(schema: Schema, place: string): Control {
  const help = helpOf(schema)
  if (schema.$ref !== undefined) return referred(nameOf(schema.$ref), place, help)
  if (schema.const !== undefined) return { kind: 'fixed', place, help, value: schema.const }
  if (schema.enum) return { kind: 'choice', place, help, values: schema.enum, ...(schema.default !== undefined && { usual: schema.default }) }
  const variants = schema.oneOf ?? schema.anyOf
  if (variants) return { kind: 'variants', place, help, ...variantsOf(variants, place) }
  return byType(schema, place, help)
}

function referred(name: string, place: string, help: Help | undefined): Control {
  const kind = own[name]
  if (kind) return { kind, place, help: help ?? helpOf(schemas[name]!) }
  const control = controlOfDefinition(name)
  return help ? { ...control, help } : control
}

function byType(schema: Schema, place: string, help: Help | undefined): Control {
  const at = { place, help }
  switch (schema.type) {
    case 'object': return objectControl(schema, place, help)
    case 'array': return listControl(schema, place, help)
    case 'string': return { kind: 'text', ...at, ...picked(schema, 'pattern', 'maxLength', 'format') }
    case 'boolean': return { kind: 'switch', ...at }
    case 'integer': case 'number':
      return { kind: 'number', ...at, whole: schema.type === 'integer', min: schema.minimum, max: schema.maximum }
    default: return { kind: 'any', ...at }
  }
}

function objectControl(schema: Schema, place: string, help: Help | undefined): Control {
  if (typeof schema.additionalProperties === 'object') return { kind: 'map', place, help, value: controlOf(schema.additionalProperties, place) }
  const members = Object.entries(schema.properties ?? {}).map(([name, member]): Member =>
    ({ name, required: schema.required?.includes(name) ?? false, control: controlOf(member, `${place}.${name}`) }))
  return { kind: 'group', place, help, members }
}

function listControl(schema: Schema, place: string, help: Help | undefined): Control {
  const items = schema.items ?? {}
  const kind = items.$ref && ownLists[nameOf(items.$ref)]
  if (kind) return { kind, place, help }
  if (items.enum) return { kind: 'choices', place, help, values: items.enum.map(String) }
  return { kind: 'list', place, help, item: controlOf(items, place), min: schema.minItems ?? 0, max: schema.maxItems ?? Infinity }
}

function variantsOf(alternatives: readonly Schema[], place: string): { by?: string; variants: Variant[] } {
  const named = alternatives.map((s) => (s.$ref === undefined ? { schema: s, name: s.title } : { schema: schemas[nameOf(s.$ref)]!, name: nameOf(s.$ref) }))
  const first = Object.keys(named[0]?.schema.properties ?? {})
  const by = first.find((m) => named.every(({ schema }) => schema.properties?.[m]?.const !== undefined))
  const variants = named.map(({ schema, name }, i): Variant => {
    const fixed = by === undefined ? undefined : schema.properties?.[by]
    const shown = fixed ? String(fixed.const) : (Object.keys(schema.properties ?? {})[0] ?? String(i))
    return { name: shown, control: controlOf(schema, name ?? place), help: (fixed && helpOf(fixed)) ?? helpOf(schema) }
  })
  return by === undefined ? { variants } : { by, variants }
}

const helpOf = ({ description, zh }: Schema): Help | undefined => (description ? { en: description, zh: zh ?? description } : undefined)

function picked<K extends keyof Schema>(schema: Schema, ...keys: K[]): Pick<Schema, K> {
  return Object.fromEntries(keys.filter((k) => schema[k] !== undefined).map((k) => [k, schema[k]])) as Pick<Schema, K>
}
