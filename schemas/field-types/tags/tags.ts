import type { TagsField } from '../../generated/types'
import type { FieldType } from '../field-type'
import { checkText, listOps, textListForms } from '../behaviour'

/** What stands between tags in a text. */
const separators = /[,，、;；\t\r\n]/

export const tags: FieldType<TagsField> = {
  ...textListForms,
  operators: listOps,
  valueSchema: () => ({ type: 'array', maxItems: 50, items: { type: 'string', maxLength: 40 } }),
  normalise: (value) => distinct((value as string[]).flatMap((tag) => tag.split(separators)).map(tidy)),
  check: (value) => (value as string[]).map(checkText).find((problem) => problem !== undefined),
  fromText: (text) => distinct(text.split(separators).map(tidy)),
  part: tidy,
  format: (value, _field, { language }) => ((value as string[] | null) ?? []).join(language === 'zh' ? '、' : ', '),
}

function tidy(text: string): string {
  return text.trim().replace(/\s+/g, ' ')
}

/** Each once, whatever its case; the first way of writing it stays. None is no value. */
function distinct(tags: string[]): string[] | null {
  const known = new Map(tags.filter(Boolean).reverse().map((tag) => [tag.toLowerCase(), tag]))
  const result = [...known.values()].reverse()
  return result.length === 0 ? null : result
}
