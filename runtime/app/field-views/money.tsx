import type { MoneyField } from '../../../schemas/generated/types'
import type { Values } from '../api/types'
import { useLanguage } from '../i18n'
import { Amount } from './Amount'
import type { FieldView, InputProps, ShowProps } from './field-view'
import { DecimalInput } from './inputs/DecimalInput'

/** Currency that another field of the record names, when it does. */
function currencyOf(field: MoneyField, record: Values | undefined): string | undefined {
  const named = field.currencyField && record?.[field.currencyField]
  return typeof named === 'string' && /^[A-Z]{3}$/.test(named) ? named : field.currency
}

function Show(props: ShowProps<MoneyField>) {
  return <Amount {...props} currency={currencyOf(props.field, props.record)} />
}

function Input(props: InputProps<MoneyField>) {
  const language = useLanguage()
  const currency = currencyOf(props.field, props.record) ?? 'CNY'
  const symbol = new Intl.NumberFormat(language === 'zh' ? 'zh-CN' : 'en', { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }).formatToParts(0)
  return <DecimalInput {...props} scale={props.field.scale ?? 2} prefix={symbol.find((part) => part.type === 'currency')?.value ?? currency} />
}

export const money: FieldView<MoneyField> = { Show, Input, quick: 'between', width: 140, align: 'right' }
