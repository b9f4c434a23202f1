import { Cascader } from 'antd'
import { useMemo } from 'react'
import { regionText } from '../../../../schemas/field-types/region/region'
import { chainOf, levels, regionsIn, type Level } from '../../../../schemas/field-types/region/regions'
import { useLanguage, useText } from '../../i18n'
import type { InputProps } from '../field-view'
import { controlProps } from '../inputs/control'
import { useLoaded } from '../use-loaded'
import './places.css'

interface Props extends InputProps {
  /** The last level that is offered. */
  depth: Level
}

/** Province, city, district: chosen level by level or by typing a piece of a name. Any level may be the choice. */
export function RegionInput({ depth, ...props }: Props) {
  const shared = useCascade(props, depth)
  const code = props.value as string | null
  return <Cascader {...shared} value={code ? chainOf(code) : []} onChange={(path) => props.onChange(path?.at(-1) ?? null)} />
}

/** Several regions, to compare with. */
export function RegionsInput({ depth, ...props }: Props) {
  const shared = useCascade(props, depth)
  const codes = (props.value as string[] | null) ?? []
  return <Cascader {...shared} multiple showCheckedStrategy={Cascader.SHOW_PARENT} maxTagCount="responsive" value={codes.map(chainOf)} onChange={(paths) => props.onChange(paths.map((path) => path.at(-1)))} />
}

function useCascade(props: InputProps, depth: Level) {
  const t = useText()
  const language = useLanguage()
  const known = useLoaded({ name: props.field.name, label: props.field.label, type: 'region' })
  const options = useMemo(() => (known ? choicesIn('', levels.indexOf(depth), language) : []), [known, depth, language])
  return {
    ...controlProps(props),
    className: 'fw-wide',
    options,
    changeOnSelect: true,
    showSearch: { limit: 40, filter, matchInputWidth: false },
    displayRender: (labels: string[], chosen?: { value?: string | number | null }[]) => regionText(String(chosen?.at(-1)?.value ?? ''), { language }) || labels.join(' / '),
    disabled: props.readOnly ?? false,
    loading: !known,
    placeholder: props.placeholder || t('region.choose'),
    allowClear: true,
  }
}

interface Choice { value: string; label: string; words: string; children?: Choice[] }

function choicesIn(code: string, deeper: number, language: 'en' | 'zh'): Choice[] {
  return regionsIn(code).map((region) => {
    const children = deeper > 0 ? choicesIn(region.code, deeper - 1, language) : []
    return { value: region.code, label: region.name[language], words: `${region.name.zh} ${region.name.en}`.toLowerCase(), ...(children.length > 0 && { children }) }
  })
}

/** Every word typed is in some name on the way, the last in the region itself. Chinese and pinyin both find it. */
function filter(typed: string, path: Partial<Choice>[]): boolean {
  const words = typed.toLowerCase().split(/[\s/,，]+/).filter(Boolean)
  return words.length > 0 && path.at(-1)!.words!.includes(words.at(-1)!) && words.every((word) => path.some(({ words }) => words!.includes(word)))
}
