/** What counts as the same text when duplicates are looked for. */
import type { UniqueRule } from './generated/types'

export type Likeness = NonNullable<UniqueRule['normalise']>

/** Without regard to case, width, spaces and punctuation. */
const text = (value: string) => value.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')

const legalForms = /(?:[\s.,，、（(]*(?:股份有限公司|有限责任公司|有限公司|集团公司|集团|公司|(?<![\p{L}\p{N}])(?:incorporated|inc|corporation|corp|company|co|limited|ltd|llc|llp|plc|gmbh|ag|kg|pte|pty|s\.?a|b\.?v))[\s.,)）]*)+$/u

/** The name alone, without the words for the legal form; a name of nothing else stays whole. */
const organisation = (value: string) => {
  const whole = value.normalize('NFKC').toLowerCase().trim()
  return text(whole.replace(legalForms, '')) || text(whole)
}

/** The form in which texts are compared. */
export const likenesses: Record<Likeness, (value: string) => string> = { text, organisation }
