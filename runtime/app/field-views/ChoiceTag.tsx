import { Tag } from 'antd'
import type { Options } from '../../../schemas/generated/types'
import { useLabel } from '../i18n'

/** One option: coloured ones as a tag, the others as text. */
export function ChoiceTag({ options, value, tag }: { options: Options | undefined; value: string; tag?: boolean }) {
  const label = useLabel()
  const option = options?.find((o) => o.value === value)
  const text = option ? label(option.label) : value
  if (!tag && !option?.color) return <span>{text}</span>
  return <Tag className="fw-tag" variant="filled" color={option?.color ?? 'default'}>{text}</Tag>
}
