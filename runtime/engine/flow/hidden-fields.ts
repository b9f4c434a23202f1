import type { ApprovalNode, Flow } from '../../../schemas/generated/types'

/** Fields that a node hides from those it asks. */
export function hiddenAt(flow: Flow, node: string): Set<string> {
  const { fields } = (flow.nodes.find((n) => n.id === node) ?? {}) as Partial<Pick<ApprovalNode, 'fields'>>
  return new Set(fields?.filter((f) => f.access === 'hidden').map((f) => f.field))
}
