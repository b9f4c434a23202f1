/** Which nodes every way from a start passes (Cooper, Harvey, Kennedy: A Simple, Fast Dominance Algorithm). */

type Ways = (id: string) => string[]

/** Of each node that can be reached the nearest other one that every way to it passes; of the start the start. */
export function dominators(start: string, next: Ways, before: Ways): Map<string, string> {
  const order = new Map(backwards(start, next).map((id, i): [string, number] => [id, i]))
  const nearest = new Map([[start, start]])
  const common = (a: string, b: string) => {
    while (a !== b) if (order.get(a)! > order.get(b)!) a = nearest.get(a)!; else b = nearest.get(b)!
    return a
  }
  for (let changed = true; changed; ) {
    changed = false
    for (const id of order.keys()) {
      if (id === start) continue
      const found = before(id).filter((other) => nearest.has(other)).reduce(common)
      if (nearest.get(id) === found) continue
      nearest.set(id, found)
      changed = true
    }
  }
  return nearest
}

/** What can be reached, each node before those it leads to, but for circles. */
function backwards(start: string, next: Ways): string[] {
  const seen = new Set([start])
  const done: string[] = []
  for (const open = [{ id: start, left: [...next(start)] }]; open.length > 0; ) {
    const { id, left } = open.at(-1)!
    const other = left.pop()
    if (other === undefined) { done.push(id); open.pop() }
    else if (!seen.has(other)) { seen.add(other); open.push({ id: other, left: [...next(other)] }) }
  }
  return done.reverse()
}
