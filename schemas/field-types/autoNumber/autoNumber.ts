import type { AutoNumberField, Label } from '../../generated/types'
import type { FieldType } from '../field-type'
import { textForms, textOps } from '../behaviour'

export const autoNumber: FieldType<AutoNumberField> = {
  ...textForms,
  operators: textOps,
  computed: true,
  ofRecord: true,
  expressionType: () => ({ kind: 'text' }),
  valueSchema: () => ({ type: 'string' }),
  format: (value) => (value as string | null) ?? '',
  numbered: numberParts,
  settingsProblem,
}

const datePart = /\{([yMd]+)\}/g
/** So much of an ISO date tells one period from another. */
const periods = { never: 0, year: 4, month: 7, day: 10 } as const

/** The parts of a number on a day: the counter it takes and how the count is written. */
function numberParts({ pattern, reset }: AutoNumberField, today: string): { sequence: string; write: (count: number) => string } {
  const [yyyy, MM, dd] = today.split('-') as [string, string, string]
  const yy = yyyy.slice(2)
  const dates: Record<string, string> = { yyyy, yy, MM, dd, yyyyMM: yyyy + MM, yyMM: yy + MM, yyyyMMdd: yyyy + MM + dd, yyMMdd: yy + MM + dd }
  const dated = pattern.replace(datePart, (_, part: string) => dates[part]!)
  const sequence = reset === undefined ? dated : `${pattern} ${today.slice(0, periods[reset])}`
  return { sequence, write: (count) => dated.replace(/\{(0+)\}$/, (_, zeros: string) => String(count).padStart(zeros.length, '0')) }
}

/** Days that differ in their year, month or day alone. */
const days = ['2001-01-01', '2002-01-01', '2001-02-01', '2001-01-02']

/** A counter that starts again must not write what it wrote in another period. */
function settingsProblem(field: AutoNumberField): Label | undefined {
  const numbers = days.map((day) => ({ sequence: numberParts(field, day).sequence, first: numberParts(field, day).write(1) }))
  const twice = numbers.some((a) => numbers.some((b) => a.first === b.first && a.sequence !== b.sequence))
  return twice ? { en: 'the pattern lacks the date parts that tell the periods of “reset” apart', zh: '编号规则缺少能区分重置周期的日期部分' } : undefined
}
