import { useMemo, useRef } from 'react'
import type { CompiledField } from '../../../engine/model'
import { newKey } from '../../api/client'
import type { Values } from '../../api/types'
import type { Row } from './columns'

export interface RowCommands {
  set: (index: number, changes: Values) => void
  add: (row: Row) => void
  duplicate: (index: number) => void
  remove: (index: number) => void
}

/** Changes of the rows; the object stays the same over renders, so that untouched rows need not be drawn again. */
export function useRowCommands(rows: Row[], onChange: (rows: Row[]) => void, columns: CompiledField[]): RowCommands {
  const now = useRef({ rows, onChange, columns })
  now.current = { rows, onChange, columns }
  return useMemo(() => {
    const put = (next: Row[]) => { now.current.rows = next; now.current.onChange(next) }
    return {
      set: (index, changes) => put(now.current.rows.map((row, i) => (i === index ? { ...row, ...changes } : row))),
      add: (row) => put([...now.current.rows, row]),
      duplicate: (index) => put(now.current.rows.toSpliced(index + 1, 0, copyOf(now.current.rows[index]!, now.current.columns))),
      remove: (index) => put(now.current.rows.toSpliced(index, 1)),
    }
  }, [])
}

export function newRow(columns: CompiledField[]): Row {
  return { id: newKey(), ...Object.fromEntries(columns.filter((c) => !c.computed).map((c) => [c.name, c.definition.default ?? null])) }
}

const copyOf = (row: Row, columns: CompiledField[]): Row => ({ ...newRow(columns), ...row, id: newKey() })
