import type { RegionField } from '../../generated/types'
import type { FieldType, FormatContext } from '../field-type'
import { choiceOps, halfWidth, textForms } from '../behaviour'
import { levelOf, levels, loadRegions, namesOf, readRegion, regionOf, regionsKnown, stemOf } from './regions'

/** Wire: a code of six digits, as 330106 for 浙江省 / 杭州市 / 西湖区. */
export const region: FieldType<RegionField> = {
  ...textForms,
  operators: [...choiceOps, 'within'],
  expressionType: () => ({ kind: 'text' }),
  valueSchema: () => ({ type: 'string', maxLength: 100 }),
  normalise: (value) => codeFrom(value as string) || null,
  check: (value, { depth = 'district' }) => {
    if (!isRegion(value as string)) return { code: 'badNotation', params: { example: '330106' } }
    return levels.indexOf(levelOf(value as string)) > levels.indexOf(depth) ? { code: 'tooFine', params: { limit: levels.indexOf(depth) + 1 } } : undefined
  },
  stemOf,
  load: loadRegions,
  format: (value, _field, context) => regionText(value as string | null, context),
}

/** The code that a code or the names on the way to a region stand for; any other text as it is. */
export function codeFrom(text: string): string {
  const plain = halfWidth(text).trim()
  if (/^\d{6}$/.test(plain)) return plain
  const found = readRegion(plain)
  return found?.rest === '' ? found.code : plain
}

export const isRegion = (code: string) => /^\d{6}$/.test(code) && (!regionsKnown() || regionOf(code) !== undefined)

/** 浙江省 / 杭州市 / 西湖区; the code where the names are not known. */
export function regionText(code: string | null | undefined, { language }: FormatContext, between = ' / '): string {
  return code ? namesOf(code).map((name) => name[language]).join(between) || code : ''
}
