import type { NodeShape } from './node-shape'

export const timer: NodeShape = {
  insert: (names, next) => {
    const first = names.node('wait')
    return { first, nodes: [{ id: first, type: 'timer', after: 'P1D' }], edges: [{ id: names.edge(), source: first, target: next }] }
  },
}
