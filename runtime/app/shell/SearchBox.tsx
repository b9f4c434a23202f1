import { SearchOutlined } from '@ant-design/icons'
import { Input, type InputRef } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useLocation, useNavigate, useSearchParams } from 'react-router'
import { useDebounced } from '../field-views/inputs/use-debounced'
import { useLabel, useText } from '../i18n'
import { useEntity } from '../session'
import { useShortcut } from '../shortcuts/use-shortcut'
import { useMenu } from './use-menu'

/** Searches the list one is in; elsewhere the first list of the menu. Words stay in the address. */
export function SearchBox() {
  const t = useText()
  const label = useLabel()
  const input = useRef<InputRef>(null)
  const { entity, onList } = useSearched()
  const [text, setText] = useSearchText(entity?.name, onList)
  const focus = () => input.current?.focus({ cursor: 'all' })
  useShortcut('/', 'keys.search', focus, { everywhere: true })
  useShortcut('mod+k', 'keys.search', focus, { everywhere: true })
  if (!entity) return <div className="fw-search" />
  const name = label(entity.definition.plural ?? entity.definition.label)
  return (
    <Input
      ref={input}
      className="fw-search"
      prefix={<SearchOutlined className="fw-muted" />}
      suffix={<kbd className="fw-kbd fw-hide-phone" aria-hidden>/</kbd>}
      aria-label={t('shell.search', { entity: name })}
      placeholder={t('shell.search', { entity: name })}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onKeyDown={(event) => { if (event.key === 'Escape') input.current?.blur() }}
      allowClear
      type="search"
    />
  )
}

function useSearched() {
  const [, first = '', second] = useLocation().pathname.split('/')
  const current = useEntity(first)
  const fallback = useMenu()[0]?.entities[0]
  return { entity: current ?? fallback, onList: current !== undefined && second === undefined }
}

/** What is typed goes into the address after a pause; on other screens it leads to the list. */
function useSearchText(entity: string | undefined, onList: boolean): [string, (text: string) => void] {
  const go = useNavigate()
  const [params] = useSearchParams()
  const inAddress = onList ? (params.get('q') ?? '') : ''
  const [text, setText] = useState(inAddress)
  const settled = useDebounced(text, 250)
  const typed = useRef(false)
  useEffect(() => { typed.current = false; setText(inAddress) }, [entity, inAddress])
  useEffect(() => {
    if (!typed.current || settled !== text || !entity) return
    typed.current = false
    const next = new URLSearchParams(onList ? params : undefined)
    next.delete('page')
    if (settled.trim()) next.set('q', settled.trim())
    else next.delete('q')
    void go(`/${entity}?${next}`, { replace: onList })
  })
  return [text, (next) => { typed.current = true; setText(next) }]
}
