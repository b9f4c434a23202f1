import type { KeyboardEvent } from 'react'
import { focusCell } from './use-live-rows'

const steps: Record<string, number> = { ArrowUp: -1, ArrowDown: 1, Enter: 1 }

/** Up, down and Enter between the rows of a column. Lists and calendars keep these keys for themselves; Ctrl and Cmd are for commands. */
export function moveOnKey(event: KeyboardEvent<HTMLTableElement>, addRow: (() => void) | undefined): void {
  const step = steps[event.key]
  const target = event.target as HTMLElement
  if (step === undefined || event.ctrlKey || event.metaKey || event.nativeEvent.isComposing || !isPlainInput(target)) return
  const cell = target.closest('td')
  const row = cell?.parentElement as HTMLTableRowElement | null
  if (!cell || !row) return
  event.preventDefault()
  const next = row.sectionRowIndex + step
  const table = event.currentTarget
  if (next < (table.tBodies[0]?.rows.length ?? 0)) focusCell(table, next, cell.cellIndex - 1)
  else if (event.key === 'Enter') addRow?.()
}

const isPlainInput = (target: HTMLElement) => target instanceof HTMLInputElement && target.closest('.ant-select, .ant-picker') === null
