import { newApproval, type NodeShape } from './node-shape'

/** A split comes with two approvals side by side and the node in which they meet. */
export const parallel: NodeShape = {
  gateway: true,
  joins: true,
  insert: (names, next) => {
    const [first, last] = [names.node('split'), names.node('join')]
    const steps = [names.node('approval'), names.node('approval')]
    const way = (source: string, target: string, order?: number) => ({ id: names.edge(), source, target, ...(order && { order }) })
    return {
      first,
      nodes: [{ id: first, type: 'parallel' }, ...steps.map(newApproval), { id: last, type: 'parallel' }],
      edges: [...steps.map((step, i) => way(first, step, i + 1)), ...steps.map((step) => way(step, last)), way(last, next)],
    }
  },
}
