import { useReactFlow } from '@xyflow/react'
import type { KeyboardEvent } from 'react'
import type { Flow } from '../../../../schemas/generated/types'
import { edgeOf, incoming, outgoing } from '../graph/graph'
import type { Layout } from '../graph/layout'
import type { FlowCommands } from '../use-flow-commands'
import type { Chosen } from './CanvasContext'

type Step = (flow: Flow, id: string) => string | undefined

/** Arrows walk along the ways; with Shift they move the node. */
const walks: Readonly<Record<string, Step>> = {
  ArrowDown: (flow, id) => outgoing(flow, id)[0]?.target,
  ArrowUp: (flow, id) => incoming(flow, id)[0]?.source,
  ArrowLeft: (flow, id) => sibling(flow, id, -1),
  ArrowRight: (flow, id) => sibling(flow, id, 1),
}
const shifts: Readonly<Record<string, readonly [number, number]>> = { ArrowDown: [0, 10], ArrowUp: [0, -10], ArrowLeft: [-10, 0], ArrowRight: [10, 0] }

/** The node on the next branch of the same split. */
function sibling(flow: Flow, id: string, by: number): string | undefined {
  const edge = incoming(flow, id)[0]
  const ways = edge ? outgoing(flow, edge.source) : []
  return ways[ways.findIndex((e) => e.id === edge?.id) + by]?.target
}

export function useCanvasKeys(flow: Flow, chosen: Chosen | undefined, choose: (chosen: Chosen | undefined) => void, commands: FlowCommands, layout: Layout) {
  const { setCenter, getZoom } = useReactFlow()
  const show = (id: string) => {
    choose({ node: id })
    const at = layout.places[id]
    if (at) void setCenter(at.x + 100, at.y + 30, { zoom: getZoom(), duration: 150 })
  }
  const walk = (key: string, from: string) => { const next = walks[key]?.(flow, from); if (next !== undefined) show(next) }
  const shift = (key: string, id: string) => {
    const at = layout.places[id]
    const by = shifts[key]
    if (at && by) commands.place([{ id, position: { x: at.x + by[0], y: at.y + by[1] } }], `shift ${id}`)
  }
  const onArrow = (event: KeyboardEvent) => {
    const node = chosen && ('node' in chosen ? chosen.node : edgeOf(flow, chosen.edge)?.target)
    if (node === undefined) walk('ArrowDown', flow.nodes[0]?.id ?? '')
    else if (event.shiftKey) shift(event.key, node)
    else walk(event.key, node)
  }
  return (event: KeyboardEvent) => {
    if ((event.target as HTMLElement).closest('input, textarea, button, .ant-dropdown')) return
    const handler = event.key in walks ? onArrow : keys[event.key]
    if (!handler || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    event.stopPropagation()
    // What is walked away from may be drawn no more; the focus must outlive it.
    ;(event.currentTarget as HTMLElement).focus({ preventScroll: true })
    handler(event, { chosen, choose, commands })
  }
}

interface Scope { chosen: Chosen | undefined; choose: (chosen: Chosen | undefined) => void; commands: FlowCommands }
const remove = (_: KeyboardEvent, { chosen, commands }: Scope) => { if (chosen) commands.remove(chosen) }
const keys: Readonly<Record<string, (event: KeyboardEvent, scope: Scope) => void>> = {
  Delete: remove,
  Backspace: remove,
  Escape: (_, { choose }) => choose(undefined),
  Enter: (event, { choose }) => {
    const { dataset: { id }, classList } = event.target as HTMLElement
    if (id) choose(classList.contains('react-flow__edge') ? { edge: id } : { node: id })
  },
}
