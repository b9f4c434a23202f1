import { newApproval, type NodeShape } from './node-shape'

/** Ways that may all be taken: two approvals, one of them under a condition that is yet to be written, and the node in which they meet. */
export const inclusive: NodeShape = {
  gateway: true,
  conditions: true,
  joins: true,
  insert: (names, next) => {
    const [first, last] = [names.node('choice'), names.node('join')]
    const steps = [names.node('approval'), names.node('approval')]
    return {
      first,
      nodes: [{ id: first, type: 'inclusive' }, ...steps.map(newApproval), { id: last, type: 'inclusive' }],
      edges: [
        { id: names.edge(), source: first, target: steps[0]!, order: 1 },
        { id: names.edge(), source: first, target: steps[1]!, default: true, order: 2 },
        ...steps.map((step) => ({ id: names.edge(), source: step, target: last })),
        { id: names.edge(), source: last, target: next },
      ],
    }
  },
}
