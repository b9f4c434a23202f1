import { newApproval, type NodeShape } from './node-shape'

/** A choice comes with one more approval under a condition, which is yet to be written, and the default way past it. */
export const exclusive: NodeShape = {
  gateway: true,
  conditions: true,
  insert: (names, next) => {
    const first = names.node('choice')
    const step = names.node('approval')
    return {
      first,
      nodes: [{ id: first, type: 'exclusive' }, newApproval(step)],
      edges: [
        { id: names.edge(), source: first, target: step, order: 1 },
        { id: names.edge(), source: step, target: next },
        { id: names.edge(), source: first, target: next, default: true, order: 2 },
      ],
    }
  },
}
