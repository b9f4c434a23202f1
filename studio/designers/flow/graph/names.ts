import type { Flow } from '../../../../schemas/generated/types'

export interface Names {
  node(base: string): string
  edge(): string
}

/** Ids that are not taken. Names that an administrator adds begin with x_. */
export function freshNames(flow: Flow): Names {
  const nodes = new Set(flow.nodes.map((n) => n.id))
  const edges = new Set(flow.edges.map((e) => e.id))
  return { node: (base) => take(nodes, `x_${base}`), edge: () => take(edges, 'x_e') }
}

export function take(taken: Set<string>, base: string): string {
  let n = 1
  while (taken.has(`${base}${n}`)) n += 1
  taken.add(`${base}${n}`)
  return `${base}${n}`
}
