import type { NodeShape } from './node-shape'

export const forEach: NodeShape = {
  gateway: true,
  works: true,
  conditions: true,
  insert: (names, next) => {
    const first = names.node('each')
    return { first, nodes: [{ id: first, type: 'forEach', flow: '', of: '' }], edges: [{ id: names.edge(), source: first, target: next }] }
  },
}
