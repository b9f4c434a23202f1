/** Dates as people write them in files: YYYY, M or MM, D or DD in any order, between any other signs. */
const token = /YYYY|MM?|DD?/g
const digits: Record<string, string> = { YYYY: '(?<Y>\\d{4})', M: '(?<M>\\d{1,2})', MM: '(?<M>\\d{2})', D: '(?<D>\\d{1,2})', DD: '(?<D>\\d{2})' }

/** Whether year, month and day are in it once each. */
export function isDateFormat(format: string): boolean {
  return (format.match(token) ?? []).map((part) => part[0]).sort().join('') === 'DMY'
}

const patterns = new Map<string, RegExp>()

function patternOf(format: string): RegExp {
  let pattern = patterns.get(format)
  if (!pattern) {
    const escaped = format.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    patterns.set(format, (pattern = new RegExp(`^${escaped.replace(token, (part) => digits[part]!)}$`)))
  }
  return pattern
}

/** The day as YYYY-MM-DD; undefined when the text is written otherwise or there is no such day. */
export function parseDate(text: string, format: string): string | undefined {
  const parts = patternOf(format).exec(text)?.groups
  if (!parts) return undefined
  const day = `${parts.Y}-${parts.M!.padStart(2, '0')}-${parts.D!.padStart(2, '0')}`
  const at = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day) ? day : undefined
}
