import { App } from 'antd'
import type { Flow } from '../../../schemas/generated/types'
import type { CommandText } from '../../editor/command-text'
import { setAt } from '../../editor/path'
import { useText } from '../../i18n'
import { usePanel } from '../../panels/PanelContext'
import { useWorkspace } from '../../workspace/WorkspaceProvider'
import type { Chosen } from './canvas/CanvasContext'
import { addBranch, connect, insertOnEdge, makeDefault, moveEdge, removeEdge, removeNode, retarget } from './graph/edit'
import type { Point } from './graph/layout'
import type { NodeType } from './node-shapes'

export interface FlowCommands {
  insert(edge: string, type: NodeType): void
  remove(chosen: Chosen): void
  addBranch(gateway: string): void
  connect(source: string, target: string): void
  retarget(edge: string, target: string): void
  moveEdge(edge: string, by: number): void
  makeDefault(edge: string): void
  place(nodes: readonly { id: string; position: Point }[], typing?: string): void
  tidy(): void
}

/** The edits of the graph as commands on the document. What is put in is chosen at once. */
export function useFlowCommands(flow: Flow, choose: (chosen: Chosen | undefined) => void): FlowCommands {
  const { id } = usePanel()
  const workspace = useWorkspace()
  const { message } = App.useApp()
  const t = useText()
  const become = (text: CommandText, next: Flow | undefined) => {
    if (next) workspace.editOne(id, text, () => next)
    else void message.info(t('flow.cannot'))
    return next !== undefined
  }
  const grow = (text: CommandText, result: { flow: Flow; added: string } | undefined) => { if (become(text, result?.flow)) choose({ node: result!.added }) }
  return {
    insert: (edge, type) => grow({ key: 'do.insertNode' }, insertOnEdge(flow, edge, type)),
    addBranch: (gateway) => grow({ key: 'do.addBranch' }, addBranch(flow, gateway)),
    remove: (chosen) => { if (become({ key: 'do.removeNode' }, 'node' in chosen ? removeNode(flow, chosen.node) : removeEdge(flow, chosen.edge))) choose(undefined) },
    connect: (source, target) => void become({ key: 'do.connect' }, connect(flow, source, target)),
    retarget: (edge, target) => void become({ key: 'do.connect' }, retarget(flow, edge, target)),
    moveEdge: (edge, by) => void become({ key: 'do.orderWays' }, moveEdge(flow, edge, by)),
    makeDefault: (edge) => void become({ key: 'do.defaultWay' }, makeDefault(flow, edge)),
    place: (nodes, typing) => workspace.editOne(id, { key: 'do.moveNode' }, (d) => d && nodes.reduce((doc, n) => setAt(doc, ['layout', n.id], rounded(n.position)), d), typing),
    tidy: () => workspace.editOne(id, { key: 'do.tidy' }, (d) => d && setAt(d, ['layout'], undefined)),
  }
}

const rounded = ({ x, y }: Point): Point => ({ x: Math.round(x), y: Math.round(y) })
