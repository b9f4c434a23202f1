import { fieldTypeOf } from '../../../schemas/field-types'
import { useLanguage } from '../i18n'
import { titleOf } from '../titles/titles'
import type { ShowProps } from './field-view'

/** The value as its field type writes it. */
export function Plain({ field, value }: ShowProps) {
  const language = useLanguage()
  return <>{fieldTypeOf(field).format(value ?? null, field, { language, title: titleOf })}</>
}
