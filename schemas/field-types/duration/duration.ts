import type { DurationField } from '../../generated/types'
import type { FieldType, Language } from '../field-type'
import { halfWidth, orderedOps, wholeForms } from '../behaviour'

/** Longest duration: two hundred years. */
const most = 200 * 366 * 24 * 60

/** Wire and stored: whole minutes. A text is read as people write it. */
export const duration: FieldType<DurationField> = {
  ...wholeForms,
  operators: orderedOps,
  valueSchema: () => ({ type: ['integer', 'string'], minimum: 0, maximum: most, maxLength: 60 }),
  normalise: (value, field) => (typeof value === 'string' ? read(halfWidth(value).trim().toLowerCase(), field) : value),
  check: (value) => {
    if (typeof value !== 'number' || !Number.isInteger(value)) return { code: 'badNotation', params: { example: '90, 1h30, 2d, PT1H30M' } }
    if (value < 0) return { code: 'tooSmall', params: { limit: 0 } }
    return value > most ? { code: 'tooLarge', params: { limit: most } } : undefined
  },
  format: (value, field, { language }) => (value === null || value === undefined ? '' : shown(Number(value), field, language)),
}

const perDay = ({ hoursPerDay }: DurationField) => (hoursPerDay ?? 24) * 60

/** Minutes; null for no text; the text itself when it is none that is understood. */
function read(text: string, field: DurationField): number | string | null {
  if (text === '') return null
  const clock = /^(\d{1,6}):([0-5]\d)$/.exec(text)
  if (clock) return Number(clock[1]) * 60 + Number(clock[2])
  const plain = /^p(?=.)(?:(\d+)d)?(?:t(?=.)(?:(\d+)h)?(?:(\d+)m)?)?$/.exec(text) ?? worded.exec(text)
  if (!plain || plain.slice(1).every((part) => part === undefined)) return text
  const [days, hours, minutes] = plain.slice(1).map((part) => Number(part ?? 0)) as [number, number, number]
  const total = Math.round((days * perDay(field) + hours * 60 + minutes) * 1000) / 1000
  return Number.isInteger(total) ? total : text
}

const amount = '(\\d+(?:\\.\\d+)?)'
const worded = new RegExp(`^(?:${amount}\\s*(?:d|days?|天|日))?\\s*(?:${amount}\\s*(?:h|hours?|小时|时))?\\s*(?:${amount}\\s*(?:m|min|minutes?|分钟?)?)?$`)

const units: Record<Language, [string, string, string]> = { en: [' d', ' h', ' min'], zh: ['天', '小时', '分钟'] }

/** Days, hours and minutes, those that are not zero. */
function shown(minutes: number, field: DurationField, language: Language): string {
  const day = perDay(field)
  const counts = [Math.floor(minutes / day), Math.floor((minutes % day) / 60), (minutes % day) % 60]
  const parts = counts.map((count, i) => (count > 0 ? `${count}${units[language][i]}` : '')).filter(Boolean)
  return parts.join(language === 'zh' ? '' : ' ') || `0${units[language][2]}`
}
