import type { MoneyField } from '../../generated/types'
import { grouped, scaled } from '../behaviour'

const symbols: Record<string, string> = { CNY: '¥', JPY: 'JP¥', USD: '$', EUR: '€', GBP: '£', HKD: 'HK$' }

export const money = scaled<MoneyField>((value, field, context) => {
  const currency = context.currency ?? field.currency ?? 'CNY'
  const sign = value.startsWith('-') ? '-' : ''
  return `${sign}${symbols[currency] ?? `${currency} `}${grouped(value.slice(sign.length))}`
})
