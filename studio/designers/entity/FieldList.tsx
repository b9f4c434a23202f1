import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import type { Field } from '../../../schemas/generated/types'
import { moved, pointerOf, type Path } from '../../editor/path'
import { useText } from '../../i18n'
import { usePanel, usePlace } from '../../panels/PanelContext'
import { SortableRows } from '../../panels/SortableRows'
import { problemsAt } from '../../workspace/problems-at'
import { AddField } from './AddField'
import { FieldRow } from './FieldRow'
import './field-list.css'

interface Props {
  path: Path
  selected: number | undefined
  onSelect: (index: number | undefined) => void
  /** Fields inside another definition: they stand on no screen of their own. */
  nested?: boolean
}

/** Field definitions in their order. */
export function FieldList({ path, selected, onSelect, nested = false }: Props) {
  const { value = [], set } = usePlace<Field[]>(path)
  const { problems } = usePanel()
  const [adding, setAdding] = useState(false)
  const t = useText()
  const move = (from: number, to: number) => {
    set(moved(value, from, to), { key: 'do.moveField', params: { field: value[from]!.label } })
    if (selected === from) onSelect(to)
  }
  return (
    <div className={nested ? 'st-field-list st-field-list-nested' : 'st-field-list'}>
      <SortableRows count={value.length} keyOf={(i) => value[i]!.name || String(i)} label={(i) => value[i]!.label?.zh ?? value[i]!.name} onMove={move} selected={(i) => i === selected}
        row={(i) => (
          <div data-at={pointerOf([...path, i])}>
            <FieldRow path={[...path, i]} field={value[i]!} problems={problemsAt(problems, [...path, i])} selected={i === selected} onSelect={() => onSelect(i)}
              onRemoved={() => onSelect(undefined)} />
          </div>
        )} />
      <Button type="dashed" block icon={<PlusOutlined />} onClick={() => setAdding(true)}>{t('field.add')}</Button>
      {adding && <AddField path={path} nested={nested} onClose={() => setAdding(false)} onAdded={onSelect} />}
    </div>
  )
}
