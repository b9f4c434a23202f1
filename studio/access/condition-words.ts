import { fieldOf, type CompiledEntity } from '../../runtime/engine/model'
import { labelIn } from '../../runtime/app/i18n'
import type { Language } from '../../schemas/field-types/field-type'
import type { Filter } from '../../schemas/generated/types'
import { choiceText } from '../i18n/words'

const joins = { en: [' and ', ' or ', 'not '], zh: ['且', '或', '非'] } as const

/** A condition as people say it: “Amount at least 100 and Status is Open”. */
export function conditionWords(filter: Filter, entity: CompiledEntity | undefined, language: Language): string {
  const [and, or, not] = joins[language]
  const inside = (part: Filter) => { const words = conditionWords(part, entity, language); return 'and' in part || 'or' in part ? `(${words})` : words }
  if ('and' in filter) return filter.and.map(inside).join(and)
  if ('or' in filter) return filter.or.map(inside).join(or)
  if ('not' in filter) return not + inside(filter.not)
  const { field, op, value } = filter as { field: string; op: string; value?: unknown }
  return [placeWords(field, entity, language), choiceText('op', op, language), valueWords(field, value, entity, language)].filter((part) => part !== '').join(' ')
}

/** A field by its label, a column of a sub-table with both. */
function placeWords(path: string, entity: CompiledEntity | undefined, language: Language): string {
  const [first, ...rest] = path.split('.')
  const field = entity && fieldOf(entity, first!)
  const column = field?.rows?.find((c) => c.name === rest[0])
  return [field ? labelIn(field.definition.label, language) : first, column ? labelIn(column.definition.label, language) : rest.join('.')].filter(Boolean).join(' › ')
}

function valueWords(path: string, value: unknown, entity: CompiledEntity | undefined, language: Language): string {
  if (value === undefined || value === null) return ''
  const [first, second] = path.split('.')
  const field = entity && fieldOf(entity, first!)
  const { definition, type } = (second === undefined ? field : field?.rows?.find((c) => c.name === second)) ?? {}
  const options = (definition && type?.options?.(definition)) ?? []
  const one = (given: unknown) => { const found = options.find((o) => o.value === given); return found ? labelIn(found.label, language) : typeof given === 'object' ? JSON.stringify(given) : String(given) }
  return [value].flat().map(one).join(language === 'zh' ? '、' : ', ')
}
