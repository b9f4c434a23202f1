import type { NodeShape } from './node-shape'

export const handle: NodeShape = {
  insert: (names, next) => {
    const first = names.node('handle')
    return { first, nodes: [{ id: first, type: 'handle', assignees: [{ kind: 'recordOwner' }] }], edges: [{ id: names.edge(), source: first, target: next }] }
  },
}
