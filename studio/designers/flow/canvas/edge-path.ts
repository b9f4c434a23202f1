import type { Point } from '../graph/layout'

export interface EdgePath { path: string; label: Point }

const corner = 8
const stub = 14

/** Down from the source, over to the lane, down along it, over to the target and in: branches never run through nodes. */
export function lanePath(from: Point, to: Point, lane: Point | undefined): EdgePath | undefined {
  if (to.y - from.y < 3 * stub) return undefined
  const x = lane?.x ?? (from.x + to.x) / 2
  const [first, last] = [from.y + stub, to.y - stub]
  const points = [from, { x: from.x, y: first }, { x, y: first }, { x, y: last }, { x: to.x, y: last }, to]
  const middle = Math.min(Math.max(lane?.y ?? (first + last) / 2, first + 8), last - 8)
  return { path: rounded(withoutRepeats(points)), label: { x, y: middle } }
}

function withoutRepeats(points: readonly Point[]): Point[] {
  const distinct = points.filter((p, i) => i === 0 || Math.hypot(p.x - points[i - 1]!.x, p.y - points[i - 1]!.y) > 0.5)
  return distinct.filter((p, i) => { const [a, b] = [distinct[i - 1], distinct[i + 1]]; return !a || !b || !((a.x === p.x && b.x === p.x) || (a.y === p.y && b.y === p.y)) })
}

/** A line through the points with rounded corners. */
function rounded(points: readonly Point[]): string {
  return points.map((p, i) => {
    const [before, after] = [points[i - 1], points[i + 1]]
    if (!before) return `M${p.x},${p.y}`
    if (!after) return `L${p.x},${p.y}`
    const a = towards(p, before)
    const b = towards(p, after)
    return `L${a.x},${a.y}Q${p.x},${p.y} ${b.x},${b.y}`
  }).join('')
}

/** The point a corner's length from one towards another, or half way where they are close. */
function towards(from: Point, to: Point): Point {
  const distance = Math.hypot(to.x - from.x, to.y - from.y)
  const part = Math.min(corner, distance / 2) / distance
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part }
}
