import type { NodeShape } from './node-shape'

export const callFlow: NodeShape = {
  gateway: true,
  works: true,
  conditions: true,
  insert: (names, next) => {
    const first = names.node('call')
    return { first, nodes: [{ id: first, type: 'callFlow', flow: '' }], edges: [{ id: names.edge(), source: first, target: next }] }
  },
}
