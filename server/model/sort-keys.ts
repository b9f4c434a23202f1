/**
 * Sort keys of texts: letters first without regard to case, then Chinese characters by pinyin and tone, as dictionaries and ICU's `zh`
 * collation have them (one reading a character, whatever the word).
 */
import { pinyin } from 'pinyin-pro'

const han = /\p{Script=Han}/u
const readings = new Map<string, string>()

export function sortKeyOf(text: string): string {
  let key = ''
  for (const char of text) key += han.test(char) ? readingOf(char) : char.toLowerCase()
  return key
}

/** Behind every letter, and with the character itself last, so that different texts never have the same key. */
function readingOf(char: string): string {
  let reading = readings.get(char)
  if (reading === undefined) {
    reading = `~${pinyin(char, { toneType: 'num' })}${char}`
    readings.set(char, reading)
  }
  return reading
}
