import { newApproval, type NodeShape } from './node-shape'

export const approval: NodeShape = {
  insert: (names, next) => {
    const first = names.node('approval')
    return { first, nodes: [newApproval(first)], edges: [{ id: names.edge(), source: first, target: next }] }
  },
}
