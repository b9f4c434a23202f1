import { FieldList } from '../../designers/entity/FieldList'
import { FieldPanel } from '../../designers/entity/FieldPanel'
import { useState } from 'react'
import { useAt } from '../../designers/common/use-at'
import { pointerOf } from '../../editor/path'
import type { PlainControl } from '../control'
import type { ControlProps } from './props'

/** Field definitions inside another one: columns of a sub-table, the input of an action. The chosen one opens below the list. */
export function FieldsInput({ path, label }: ControlProps<PlainControl>) {
  const at = useAt()
  const linked = at && pointerOf(at).startsWith(`${pointerOf(path)}/`) ? Number(at[path.length]) : undefined
  const [selected, select] = useState(linked)
  return (
    <div className="st-fields" role="group" aria-label={label}>
      <FieldList path={path} selected={selected} onSelect={(i) => select(i === selected ? undefined : i)} nested />
      {selected !== undefined && <div className="st-nested"><FieldPanel path={[...path, selected]} /></div>}
    </div>
  )
}
