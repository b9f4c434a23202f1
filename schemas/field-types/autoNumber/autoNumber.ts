import type { AutoNumberField } from '../../generated/types'
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
  numbered: (field, today) => numberParts(field.pattern, today),
}

/** The parts of a number on a day: the counter it takes and how the count is written. `sequence` differs when the date parts do. */
function numberParts(pattern: string, today: string): { sequence: string; write: (count: number) => string } {
  const [yyyy, MM, dd] = today.split('-') as [string, string, string]
  const dates: Record<string, string> = { yyyy, MM, dd, yyyyMM: yyyy + MM, yyyyMMdd: yyyy + MM + dd }
  const dated = pattern.replace(/\{(y[yMd]*|MM|dd)\}/g, (_, part: string) => dates[part]!)
  return { sequence: dated, write: (count) => dated.replace(/\{(0+)\}$/, (_, zeros: string) => String(count).padStart(zeros.length, '0')) }
}
