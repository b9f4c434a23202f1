import { createContext, useContext } from 'react'
import type { NodeType } from '../node-shapes'

/** What nodes and edges of the canvas can do. The object stays the same, so that it does not draw them anew. */
export interface CanvasActions {
  insert(edge: string, type: NodeType): void
  insertable(edge: string): NodeType[]
  choose(chosen: Chosen | undefined): void
}
export type Chosen = { node: string } | { edge: string }

export const CanvasContext = createContext<CanvasActions | undefined>(undefined)

export function useCanvas(): CanvasActions {
  const canvas = useContext(CanvasContext)
  if (!canvas) throw new Error('useCanvas needs a CanvasContext above it')
  return canvas
}
