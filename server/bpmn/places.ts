/** Where elements stand in a diagram: those moved by hand where they are, the others in ranks from the start downwards. */
import type { Flow } from '../../schemas/generated/types'

export interface Point { x: number; y: number }
const gap = { x: 220, y: 140 }

export function placesOf({ nodes, edges, layout = {} }: Pick<Flow, 'nodes' | 'edges' | 'layout'>): Map<string, Point> {
  const taken = new Map<number, number>()
  return new Map([...ranks(nodes.map((n) => n.id), edges)].map(([id, rank]) => {
    const column = taken.get(rank) ?? 0
    taken.set(rank, column + 1)
    return [id, layout[id] ?? { x: 40 + column * gap.x, y: 40 + rank * gap.y }]
  }))
}

/** Steps from the first node; what cannot be come to stands first. */
function ranks(ids: string[], edges: Flow['edges']): Map<string, number> {
  const found = new Map<string, number>()
  const next = new Map<string, string[]>()
  for (const { source, target } of edges) next.set(source, [...(next.get(source) ?? []), target])
  for (let open = ids.slice(0, 1), rank = 0; open.length > 0; rank++) {
    for (const id of open) found.set(id, rank)
    open = [...new Set(open.flatMap((id) => next.get(id) ?? []))].filter((id) => !found.has(id))
  }
  return new Map(ids.map((id) => [id, found.get(id) ?? 0]))
}
