import type { NodeShape } from './node-shape'

export const end: NodeShape = {
  ends: true,
  insert: (names) => {
    const first = names.node('end')
    return { first, nodes: [{ id: first, type: 'end', result: 'rejected' }], edges: [] }
  },
}
