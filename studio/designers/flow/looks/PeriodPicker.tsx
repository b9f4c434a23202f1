import { DatePicker } from 'antd'
import dayjs from 'dayjs'
import { useText } from '../../../i18n'

/** First and last day, YYYY-MM-DD. */
export type Days = readonly [from: string, to: string]

export const lastDays = (count: number): Days => [dayjs().subtract(count - 1, 'day').format('YYYY-MM-DD'), dayjs().format('YYYY-MM-DD')]

export function PeriodPicker({ value: [from, to], onChange }: { value: Days; onChange: (days: Days) => void }) {
  const t = useText()
  return (
    <DatePicker.RangePicker aria-label={t('insight.period')} allowClear={false} value={[dayjs(from), dayjs(to)]}
      onChange={(range) => { if (range?.[0] && range[1]) onChange([range[0].format('YYYY-MM-DD'), range[1].format('YYYY-MM-DD')]) }} />
  )
}
