import { createContext, useContext } from 'react'
import type { Flow } from '../../../../schemas/generated/types'
import type { DefinitionProblem } from '../../../api/studio-api'
import type { Point } from '../graph/layout'
import type { NodeType } from '../node-shapes'

/** What nodes and edges of the canvas can see and do. */
export interface CanvasActions {
  flow: Flow
  problemsOfNode(id: string): readonly DefinitionProblem[]
  problemsOfEdge(id: string): readonly DefinitionProblem[]
  laneOf(edge: string): Point | undefined
  insert(edge: string, type: NodeType): void
  choose(chosen: Chosen | undefined): void
}
export type Chosen = { node: string } | { edge: string }

export const CanvasContext = createContext<CanvasActions | undefined>(undefined)

export function useCanvas(): CanvasActions {
  const canvas = useContext(CanvasContext)
  if (!canvas) throw new Error('useCanvas needs a CanvasContext above it')
  return canvas
}
