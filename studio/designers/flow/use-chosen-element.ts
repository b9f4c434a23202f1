import { useMemo } from 'react'
import type { Flow } from '../../../schemas/generated/types'
import { useAt, useParam } from '../common/use-at'
import type { Chosen } from './canvas/CanvasContext'
import { edgeOf, nodeOf } from './graph/graph'

/** The chosen node or edge: the one a link leads into, else the one in the address. */
export function useChosenElement(flow: Flow): [Chosen | undefined, (chosen: Chosen | undefined) => void] {
  const at = useAt()
  const [param, setParam] = useParam('chosen')
  const linked = at && fromPath(flow, at)
  const key = linked ?? param
  const chosen = useMemo(() => (key === undefined ? undefined : present(flow, key)), [key, flow])
  return [chosen, (next) => setParam(next && ('node' in next ? `node:${next.node}` : `edge:${next.edge}`))]
}

function fromPath(flow: Flow, [list, index]: readonly (string | number)[]): string | undefined {
  if (list === 'nodes') return `node:${flow.nodes[Number(index)]?.id}`
  return list === 'edges' ? `edge:${flow.edges[Number(index)]?.id}` : undefined
}

function present(flow: Flow, key: string): Chosen | undefined {
  const id = key.slice(5)
  if (key.startsWith('node:')) return nodeOf(flow, id) && { node: id }
  return edgeOf(flow, id) && { edge: id }
}
