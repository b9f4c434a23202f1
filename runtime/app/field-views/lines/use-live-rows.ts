import { useEffect, useRef, useState, type RefObject } from 'react'

/** Up to here every row shows its inputs; in a longer table only the row one works in, the others show text until entered. */
const allLive = 30

export function useLiveRows(count: number, table: RefObject<HTMLTableElement | null>) {
  const [active, setActive] = useState(-1)
  const wanted = useRef<[row: number, column: number] | undefined>(undefined)
  useEffect(() => {
    if (!wanted.current) return
    const [row, column] = wanted.current
    wanted.current = undefined
    focusCell(table.current, row, column)
  })
  const focus = (row: number, column: number) => {
    wanted.current = [row, column]
    setActive(row)
  }
  return { isLive: (row: number) => count <= allLive || row === active, focus }
}

/** Inputs of a row in the order of its columns. */
export function focusCell(table: HTMLTableElement | null, row: number, column: number): void {
  const cell = table?.tBodies[0]?.rows[row]?.cells[column + 1]
  cell?.querySelector<HTMLElement>('input, textarea, [tabindex="0"]')?.focus()
}
