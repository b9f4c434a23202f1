import type { RichTextField } from '../../generated/types'
import type { FieldType } from '../field-type'
import { checkText, expectText, nullable, textForms } from '../behaviour'
import { plainText, readRich, writeRich } from './html'
import { fromLines, fromStoredText, toStoredText } from './stored'

/** What is longer is not even read; the limit of the field counts what remains. */
const longest = 200_000
const limitOf = (field: RichTextField) => field.maxLength ?? 20_000

/** Wire: HTML of the whitelist in `html.ts`; a text without marks is read line by line. Searched, sorted and written out as plain text. */
export const richText: FieldType<RichTextField> = {
  ...textForms,
  operators: ['contains', 'empty', 'notEmpty'],
  expressionType: () => ({ kind: 'text' }),
  valueSchema: () => ({ type: 'string', maxLength: longest }),
  normalise: (value) => canonical(value as string),
  check: (value, field) => {
    const { length } = value as string
    return checkText(value) ?? (length > limitOf(field) && length <= longest ? { code: 'tooLong', params: { limit: limitOf(field) } } : undefined)
  },
  toStored: nullable(toStoredText),
  fromStored: nullable(fromStoredText),
  fromExpression: (value) => { const text = expectText(value); return text === null ? null : canonical(text) },
  format: (value) => (value === null || value === undefined ? '' : plainText(readRich(value as string))),
}

const marked = /<[a-z!/]/i

function canonical(text: string): string | null {
  if (text.length > longest) return text
  const nodes = readRich(marked.test(text) ? text : fromLines(text))
  return plainText(nodes).trim() === '' ? null : writeRich(nodes)
}
