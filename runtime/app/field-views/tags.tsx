import { Select, Tag } from 'antd'
import type { TagsField } from '../../../schemas/generated/types'
import { useText } from '../i18n'
import type { FieldView, InputProps, ShowProps } from './field-view'
import { controlProps } from './inputs/control'
import { LineInput } from './inputs/LineInput'

const Show = ({ value }: ShowProps<TagsField>) => (
  <span className="fw-tags">{((value as string[] | null) ?? []).map((tag) => <Tag key={tag} className="fw-tag" variant="filled">{tag}</Tag>)}</span>
)

/** Enter or a comma ends a tag. */
function Input(props: InputProps<TagsField>) {
  const t = useText()
  return (
    <Select
      {...controlProps(props)}
      className="fw-wide"
      mode="tags"
      options={(props.field.suggestions ?? []).map((tag) => ({ value: tag, label: tag }))}
      tokenSeparators={[',', '，', '、', ';', '；']}
      value={(props.value as string[] | null) ?? []}
      onChange={(tags: string[]) => props.onChange(tags.length === 0 ? null : tags)}
      disabled={props.readOnly ?? false}
      placeholder={props.placeholder || t('tags.hint')}
      notFoundContent={null}
      allowClear
    />
  )
}

const Choice = (props: InputProps<TagsField>) => <LineInput {...props} />

export const tags: FieldView<TagsField> = { Show, Input, Choice, quick: 'contains', width: 180 }
