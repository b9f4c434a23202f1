import { Input, type GetRef } from 'antd'
import { useRef, useState, type KeyboardEvent } from 'react'
import { check } from '../../../schemas/expressions'
import { useText } from '../../i18n'
import { useDraftCatalog } from '../../workspace/hooks'
import type { PlainControl } from '../control'
import { useScopeAt } from '../controls/names'
import type { ControlProps } from '../controls/props'
import { usePlace } from '../PanelContext'
import { useAutoHeight } from '../use-auto-height'
import { complete, type Completion } from './complete'
import { CompletionList } from './CompletionList'
import { contextAt, expectedAt } from './context'
import { Reading } from './Reading'
import './expression.css'

/** An expression with completion and a check while typing. Ctrl+Space opens the list, Enter or Tab takes from it, Escape closes it. */
export function ExpressionInput({ control, path, id, label, invalid, describedBy }: ControlProps<PlainControl>) {
  const { value = '', type } = usePlace<string>(path)
  const input = useRef<GetRef<typeof Input.TextArea>>(null)
  useAutoHeight(input, value)
  const [caret, setCaret] = useState<number>()
  const [marked, setMarked] = useState(0)
  const scope = useScopeAt(path)
  const catalog = useDraftCatalog()
  const context = contextAt(scope, catalog)
  const found = caret === undefined || !context ? undefined : complete(value, caret, context)
  const items = found?.items.slice(0, 50) ?? []
  const checked = value && context ? check(value, context, expectedAt(control.place)) : undefined
  const t = useText()

  const take = (item: Completion) => {
    if (!found) return
    type(value.slice(0, found.from) + item.insert + value.slice(found.to))
    const at = found.from + item.insert.length
    setCaret(undefined)
    requestAnimationFrame(() => input.current?.resizableTextArea?.textArea.setSelectionRange(at, at))
  }
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const action = keyAction(event, items.length > 0)
    if (!action) return
    event.preventDefault()
    event.stopPropagation()
    if (action === 'open') { setMarked(0); setCaret(event.currentTarget.selectionStart) }
    if (action === 'close') setCaret(undefined)
    if (action === 'take') take(items[Math.min(marked, items.length - 1)]!)
    if (action === 'down' || action === 'up') setMarked((m) => (m + (action === 'down' ? 1 : -1) + items.length) % items.length)
  }
  const broken = (checked?.problems.length ?? 0) > 0

  return (
    <div className="st-expression">
      <Input.TextArea ref={input} id={id} aria-label={label} aria-describedby={describedBy} className="st-code" rows={1}
        maxLength={4000} spellCheck={false} autoComplete="off" value={value} status={invalid || broken ? 'error' : undefined} placeholder={t('expression.hint')}
        role="combobox" aria-expanded={items.length > 0} aria-controls={`${id}-list`} aria-activedescendant={items.length > 0 ? `${id}-option-${marked}` : undefined}
        onChange={(e) => { type(e.target.value || undefined); setMarked(0); setCaret(e.target.selectionStart) }}
        onKeyDown={onKeyDown} onBlur={() => setCaret(undefined)} />
      {items.length > 0 && <CompletionList id={id} items={items} marked={marked} scope={scope} catalog={catalog} onTake={take} />}
      {checked && <Reading checked={checked} scope={scope} catalog={catalog} />}
    </div>
  )
}

type Action = 'open' | 'close' | 'take' | 'down' | 'up'

function keyAction(event: KeyboardEvent, open: boolean): Action | undefined {
  if (event.nativeEvent.isComposing) return undefined
  if (event.key === ' ' && event.ctrlKey) return 'open'
  if (!open) return undefined
  const actions: Record<string, Action> = { Escape: 'close', Enter: 'take', Tab: 'take', ArrowDown: 'down', ArrowUp: 'up' }
  return actions[event.key]
}
