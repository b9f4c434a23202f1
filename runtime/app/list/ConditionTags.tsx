import { Tag } from 'antd'
import { fieldTypeOf } from '../../../schemas/field-types'
import type { CompiledEntity, CompiledField } from '../../engine/model'
import { useLoaded } from '../field-views/use-loaded'
import { useLabel, useLanguage, useText } from '../i18n'
import { useTitles } from '../titles/titles'
import { arityOf, type Condition } from './conditions'
import { operatorNames } from './operators'

interface Props {
  entity: CompiledEntity
  conditions: Condition[]
  onRemove: (condition: Condition) => void
  /** Search words that the search box does not show. */
  words: string
  onForget: () => void
}

/** Conditions that no quick filter shows, said in words. */
export function ConditionTags({ entity, conditions, onRemove, words, onForget }: Props) {
  const t = useText()
  const say = useSay()
  useLoaded(...conditions.flatMap(({ field }) => entity.fields.get(field)?.effective ?? []))
  if (conditions.length === 0 && words === '') return null
  return (
    <div className="fw-conditions">
      {conditions.map((condition) => {
        const field = entity.fields.get(condition.field)
        return <Tag key={JSON.stringify(condition)} closable onClose={() => onRemove(condition)}>{field ? say(field, condition) : condition.field}</Tag>
      })}
      {words !== '' && <Tag closable onClose={onForget}>{t('view.words', { words })}</Tag>}
    </div>
  )
}

function useSay(): (field: CompiledField, condition: Condition) => string {
  const t = useText()
  const label = useLabel()
  const language = useLanguage()
  const title = useTitles()
  return (field, { op, value }) => {
    const parts = arityOf(op) === 'none' ? [] : [value].flat().map((one) => formatOne(field, op, one, { language, title }))
    return [label(field.definition.label), t(operatorNames[op]), parts.join(arityOf(op) === 'pair' ? ' – ' : ', ')].filter(Boolean).join(' ')
  }
}

function formatOne(field: CompiledField, op: Condition['op'], value: unknown, context: Parameters<typeof field.effectiveType.format>[2]): string {
  if (value === null || value === undefined) return '…'
  if (op === 'withinDays') return String(value)
  const listed = field.effectiveType.storage === 'json' ? [value] : value
  return fieldTypeOf(field.effective).format(listed, field.effective, context)
}
