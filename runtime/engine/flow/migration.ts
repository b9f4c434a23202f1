/** Where the tokens of an instance go in another version of its flow. */
import type { Flow } from '../../../schemas/generated/types'
import { graphOf } from './graph'
import type { FlowState } from './types'

/** Node of the former version to node of the new one. */
export type NodeMapping = { [node: string]: string }

export interface Migration {
  /** For the event `migrate`: what was given, and nodes that are of another type now. */
  mapping: NodeMapping
  /** Nodes where a token stands, or to which one comes back, that have no place in the new version. */
  unplaced: string[]
}

export function migrationOf(from: Flow, to: Flow, { tokens }: FlowState, given: NodeMapping): Migration {
  const [before, after] = [graphOf(from), graphOf(to)]
  const nodes = [...new Set(tokens.flatMap((t) => [t.node, t.back ?? []].flat()))]
  const retyped = nodes.filter((id) => before.has(id) && after.has(id) && before.node(id).type !== after.node(id).type)
  const mapping = { ...Object.fromEntries(retyped.map((id) => [id, id])), ...given }
  return { mapping, unplaced: nodes.filter((id) => !after.has(mapping[id] ?? id)) }
}
