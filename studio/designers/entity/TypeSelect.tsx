import { Select, type SelectProps } from 'antd'
import { useLanguage } from '../../../runtime/app/i18n'
import type { Language } from '../../../schemas/field-types/field-type'
import type { FieldTypeName } from '../../../schemas/field-types'
import { useText } from '../../i18n'
import { choiceText } from '../../i18n/words'
import { schemas } from '../../panels/generate'
import { panelOf } from './field-kinds'
import { groups, typeLooks } from './type-looks'

type Props = Pick<SelectProps<FieldTypeName>, 'id' | 'value' | 'disabled' | 'className' | 'aria-describedby'> & { may?: (type: FieldTypeName) => boolean; onChange?: (type: FieldTypeName) => void }

const types = Object.keys(typeLooks) as FieldTypeName[]

/** Choice of a field type (`may`: of these): in groups, each with what it is for; the search looks at names and help in both languages. */
export function TypeSelect({ may = () => true, ...props }: Props) {
  const language = useLanguage()
  const t = useText()
  const options = groups.map((group) => ({ label: t(`fieldGroup.${group}`), options: types.filter((type) => typeLooks[type].group === group && may(type)).map((type) => choiceOf(type, language)) }))
  return (
    <Select {...props} options={options} listHeight={360} popupMatchSelectWidth={380} showSearch={{ filterOption: (typed, option) => option !== undefined && 'words' in option && String(option.words).includes(typed.trim().toLowerCase()) }}
      labelRender={({ value }) => <Name type={value as FieldTypeName} text={choiceText('Field', value as string, language)} />}
      optionRender={({ value }) => <Choice type={value as FieldTypeName} language={language} />} />
  )
}

function Name({ type, text }: { type: FieldTypeName; text: string }) {
  const { Icon } = typeLooks[type]
  return <span className="st-type-name"><Icon /> {text}</span>
}

function Choice({ type, language }: { type: FieldTypeName; language: Language }) {
  return <div><Name type={type} text={choiceText('Field', type, language)} /><div className="fw-muted st-small st-type-help">{helpOf(type)[language]}</div></div>
}

function helpOf(type: FieldTypeName): Record<Language, string> {
  const { description = '', zh = '' } = schemas[panelOf(type)]!
  return { en: description, zh }
}

function choiceOf(value: FieldTypeName, language: Language) {
  const words = [value, choiceText('Field', value, 'en'), choiceText('Field', value, 'zh'), ...Object.values(helpOf(value))].join(' ').toLowerCase()
  return { value, label: choiceText('Field', value, language), words }
}
