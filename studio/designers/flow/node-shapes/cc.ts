import type { NodeShape } from './node-shape'

export const cc: NodeShape = {
  insert: (names, next) => {
    const first = names.node('tell')
    return { first, nodes: [{ id: first, type: 'cc', assignees: [{ kind: 'initiator' }] }], edges: [{ id: names.edge(), source: first, target: next }] }
  },
}
