import { DatePicker } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import type { InputProps } from '../field-view'
import { useLanguage } from '../../i18n'
import { controlProps } from './control'

/** How a day and a moment are written; the others are understood when typed. */
const formats = {
  en: { day: ['D MMM YYYY', 'YYYY-MM-DD', 'D/M/YYYY', 'D.M.YYYY', 'YYYYMMDD'], moment: ['D MMM YYYY HH:mm', 'YYYY-MM-DD HH:mm'] },
  zh: { day: ['YYYY年M月D日', 'YYYY-MM-DD', 'YYYY/M/D', 'YYYY.M.D', 'YYYYMMDD'], moment: ['YYYY年M月D日 HH:mm', 'YYYY-MM-DD HH:mm'] },
} as const

interface Props extends InputProps { precision: 'day' | 'moment' }

const wire = { day: (d: Dayjs) => d.format('YYYY-MM-DD'), moment: (d: Dayjs) => d.toISOString() }

export function DateInput({ precision, ...props }: Props) {
  const format = formats[useLanguage()][precision]
  return (
    <DatePicker
      {...controlProps(props)}
      className="fw-wide"
      format={[...format]}
      showTime={precision === 'moment' ? { format: 'HH:mm' } : false}
      value={props.value ? dayjs(props.value as string) : null}
      onChange={(value) => props.onChange(value ? wire[precision](value) : null)}
      disabled={props.readOnly ?? false}
      placeholder={props.placeholder ?? ''}
    />
  )
}

export function DateRange({ precision, ...props }: Props) {
  const format = formats[useLanguage()][precision]
  const [from, to] = (props.value as [string | null, string | null] | null) ?? [null, null]
  return (
    <DatePicker.RangePicker
      {...controlProps(props)}
      className="fw-wide"
      format={[...format]}
      allowEmpty={[true, true]}
      value={[from ? dayjs(from) : null, to ? dayjs(to) : null]}
      onChange={(range) => props.onChange(range?.[0] && range[1] ? [wire[precision](range[0]), wire[precision](range[1])] : null)}
    />
  )
}
