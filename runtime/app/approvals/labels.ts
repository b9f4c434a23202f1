import type { Flow } from '../../../schemas/generated/types'
import { useLabel } from '../i18n'
import { useCatalog } from '../session'

/** The published definition of a flow, for its labels; an instance carries its own. */
export function useFlow(entity: string, name: string | undefined): Flow | undefined {
  return useCatalog().flows.get(entity)?.find((flow) => flow.name === name)
}

export function useNodeLabel(flow: Flow | undefined, node: string | null | undefined): string {
  const label = useLabel()
  return label(flow?.nodes.find(({ id }) => id === node)?.label) || (node ?? '')
}
