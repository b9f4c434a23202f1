import { newApproval, type NodeShape } from './node-shape'

/** Comes with one more approval for an answer that is yet to be written, and the default way past it. */
export const decisionTable: NodeShape = {
  gateway: true,
  conditions: true,
  insert: (names, next) => {
    const first = names.node('rule')
    const step = names.node('approval')
    return {
      first,
      nodes: [{ id: first, type: 'decisionTable', table: '', inputs: {} }, newApproval(step)],
      edges: [
        { id: names.edge(), source: first, target: step, order: 1 },
        { id: names.edge(), source: step, target: next },
        { id: names.edge(), source: first, target: next, default: true, order: 2 },
      ],
    }
  },
}
