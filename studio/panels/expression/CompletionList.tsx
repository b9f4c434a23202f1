import { useEffect, useRef } from 'react'
import type { Catalog } from '../../../runtime/engine/model'
import { useLabel } from '../../../runtime/app/i18n'
import type { NameScope } from '../names'
import type { Completion } from './complete'
import { labelOfPath } from './context'

interface Props { id: string; items: readonly Completion[]; marked: number; scope: NameScope; catalog: Catalog; onTake: (item: Completion) => void }

export function CompletionList({ id, items, marked, scope, catalog, onTake }: Props) {
  const list = useRef<HTMLUListElement>(null)
  const read = useLabel()
  useEffect(() => list.current?.children[marked]?.scrollIntoView({ block: 'nearest' }), [marked])
  return (
    <ul ref={list} id={`${id}-list`} role="listbox" className="st-completions">
      {items.map((item, i) => (
        // The press, not the click: the input must not lose the focus first.
        <li key={item.insert} id={`${id}-option-${i}`} role="option" aria-selected={i === marked} onMouseDown={(e) => { e.preventDefault(); onTake(item) }}>
          <code>{item.signature ?? item.insert}</code>
          <span className="fw-muted">{read(labelOfPath(item.path, scope, catalog))}</span>
        </li>
      ))}
    </ul>
  )
}
