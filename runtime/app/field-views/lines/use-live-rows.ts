import { useEffect, useRef, useState, type RefObject } from 'react'

/** Up to here every row shows its inputs; in a longer table only the row one works in, the others show text until entered. */
const allLive = 30

export function useLiveRows(count: number, table: RefObject<HTMLTableElement | null>) {
  const [active, setActive] = useState(-1)
  const wanted = useRef<[row: number, column: number] | undefined>(undefined)
  useEffect(() => {
    // A row that was just added may be drawn a moment later.
    if (wanted.current && focusCell(table.current, ...wanted.current)) wanted.current = undefined
  })
  const focus = (row: number, column: number) => {
    wanted.current = [row, column]
    setActive(row)
  }
  return { isLive: (row: number) => count <= allLive || row === active, focus }
}

/** Puts the cursor into a cell, if it is there. */
export function focusCell(table: HTMLTableElement | null, row: number, column: number): boolean {
  const cell = table?.tBodies[0]?.rows[row]?.cells[column + 1]
  cell?.querySelector<HTMLElement>('input, textarea, [tabindex="0"]')?.focus()
  return cell !== undefined
}
