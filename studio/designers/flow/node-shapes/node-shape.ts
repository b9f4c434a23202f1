import type { Edge, FlowNode } from '../../../../schemas/generated/types'
import type { Names } from '../graph/names'

/** Nodes and ways that are put in together; the edge they are put on then leads to `first`. */
export interface Fragment {
  first: string
  nodes: FlowNode[]
  edges: Edge[]
}

/** How a node type behaves on the canvas: what is put in with it, and how many ways it may have. */
export interface NodeShape {
  /** What comes between an edge and the node `next` it led to. Absent: the type is not offered. */
  insert?(names: Names, next: string): Fragment
  /** Several ways may leave it. With a single way in and out it does nothing and is taken away, */
  readonly gateway?: boolean
  /** unless it works by itself. */
  readonly works?: boolean
  /** Its ways carry conditions, one of them is the default. */
  readonly conditions?: boolean
  /** Ways that meet in it wait for each other; to undo that, the split is deleted. */
  readonly joins?: boolean
  /** No way leaves it. */
  readonly ends?: boolean
  /** No way leads to it; it cannot be deleted. */
  readonly starts?: boolean
}

/** Whether its ways are to be told apart by conditions: the only way on of what works by itself needs none. */
export const asksConditions = ({ conditions, works }: NodeShape, ways: number): boolean => conditions === true && (ways > 1 || works !== true)

/** A step that can be published as it is: the manager decides. */
export function newApproval(id: string): FlowNode {
  return { id, type: 'approval', label: { en: 'Approval', zh: '审批' }, assignees: [{ kind: 'manager', levels: 1 }] }
}
