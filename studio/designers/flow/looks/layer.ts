import { createContext, useContext } from 'react'

/** on: part of the route; stuck: it hangs here; look: worth a look; off: not on the route; plain: only told of. */
export type Tone = 'on' | 'stuck' | 'look' | 'off' | 'plain'
export interface NodeMark { tone: Tone; /** Short texts under the node. */ lines: readonly string[] }

/** What is drawn over the flow: a try-out's route, or what the past says of its nodes. */
export interface Layer {
  nodes: ReadonlyMap<string, NodeMark>
  /** Ways on the route, and what becomes of the others; undefined: ways are drawn as they are. */
  ways?: ReadonlySet<string>
}

export const LayerContext = createContext<Layer | undefined>(undefined)

const off: NodeMark = { tone: 'off', lines: [] }

export function useNodeMark(id: string): NodeMark | undefined {
  const layer = useContext(LayerContext)
  return layer && (layer.nodes.get(id) ?? (layer.ways ? off : undefined))
}

export function useWayMark(id: string): 'on' | 'off' | undefined {
  const ways = useContext(LayerContext)?.ways
  return ways && (ways.has(id) ? 'on' : 'off')
}
