import { KeyboardCode, type KeyboardCoordinateGetter } from '@dnd-kit/core'

const steps: Partial<Record<string, number>> = { [KeyboardCode.Left]: -1, [KeyboardCode.Right]: 1 }

/** Left and right carry a card from column to column. */
export const betweenColumns: KeyboardCoordinateGetter = (event, { context: { droppableRects, over, active, collisionRect }, currentCoordinates }) => {
  const step = steps[event.code]
  if (step === undefined || !collisionRect) return undefined
  event.preventDefault()
  const columns = [...droppableRects].sort(([, a], [, b]) => a.left - b.left)
  const here = columns.findIndex(([id]) => id === (over?.id ?? active?.id))
  const next = columns[Math.min(columns.length - 1, Math.max(0, here + step))]
  return next && { x: currentCoordinates.x + next[1].left + next[1].width / 2 - (collisionRect.left + collisionRect.width / 2), y: currentCoordinates.y }
}
