import type { NodeShape } from './node-shape'

export const service: NodeShape = {
  gateway: true,
  works: true,
  conditions: true,
  insert: (names, next) => {
    const first = names.node('ask')
    return { first, nodes: [{ id: first, type: 'service', url: '' }], edges: [{ id: names.edge(), source: first, target: next }] }
  },
}
