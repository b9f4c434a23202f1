import { applyNodeChanges, type NodeChange } from '@xyflow/react'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Flow } from '../../../../schemas/generated/types'
import type { DefinitionProblem } from '../../../api/studio-api'
import type { Layout } from '../graph/layout'
import type { Chosen } from './CanvasContext'
import { edgeElements, nodeElements, reused, type EdgeElement, type NodeElement } from './elements'

/** What React Flow draws. It keeps measures and the positions of a drag in the nodes; the rest comes from the flow. */
export function useElements(flow: Flow, layout: Layout, chosen: Chosen | undefined, problems: readonly DefinitionProblem[]) {
  const drawn = { flow, layout, chosen, problems }
  const fresh = useReused(useMemo(() => nodeElements(drawn), [flow, layout, chosen, problems])) // eslint-disable-line react-hooks/exhaustive-deps
  const edges = useReused(useMemo(() => edgeElements(drawn), [flow, layout, chosen, problems])) // eslint-disable-line react-hooks/exhaustive-deps
  const [nodes, setNodes] = useState<NodeElement[]>(fresh)
  const shown = useRef(new Map<string, NodeElement>())
  useEffect(() => {
    const before = shown.current
    setNodes((old) => merged(old, fresh, before))
    shown.current = new Map(fresh.map((n) => [n.id, n]))
  }, [fresh])
  const onNodesChange = useCallback((changes: NodeChange<NodeElement>[]) =>
    setNodes((old) => applyNodeChanges(changes.filter((c) => c.type === 'position' || c.type === 'dimensions'), old)), [])
  return { nodes, edges, onNodesChange }
}

function useReused<E extends NodeElement | EdgeElement>(next: E[]): E[] {
  const [before, setBefore] = useState(next)
  const kept = useMemo(() => reused(before, next), [before, next])
  useEffect(() => setBefore(kept), [kept])
  return kept
}

/** A node whose part of the flow did not change stays the object it is, with its measures. */
function merged(old: readonly NodeElement[], fresh: readonly NodeElement[], shown: ReadonlyMap<string, NodeElement>): NodeElement[] {
  const present = new Map(old.map((n) => [n.id, n]))
  return fresh.map((n) => { const before = present.get(n.id); return before && shown.get(n.id) === n ? before : { ...before, ...n } })
}
