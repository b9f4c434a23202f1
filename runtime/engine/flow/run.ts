/** The books of one command: the state as it becomes, and the effects it has. Events and steps work on it; it decides nothing itself. */
import type { Edge, Effect, Flow, FlowNode } from '../../../schemas/generated/types'
import type { NodeView, TaskStatus, TaskView } from '../../../schemas/node-types/node-type'
import { Graph } from './graph'
import { peopleView } from './people-view'
import type { FlowContext, FlowEffect, FlowState, FlowTask, Passage, Token } from './types'

/** Makes effects unique in an instance. */
export const at = ({ node, round }: Pick<Token, 'node' | 'round'>) => `${node}.${round}`

export class Run {
  readonly effects: FlowEffect[] = []
  readonly graph: Graph
  /** Tokens that came to a node and have not been looked at. */
  readonly arrived: Token[] = []
  /** Every entry to a node, in order. */
  readonly route: Passage[] = []

  constructor(readonly flow: Flow, readonly state: FlowState, readonly context: FlowContext) {
    this.graph = new Graph(flow)
  }

  nodeOf({ node }: Pick<Token, 'node'>): FlowNode {
    return this.graph.node(node)
  }

  view(token: Token): NodeView {
    return {
      out: this.graph.out(token.node),
      into: this.graph.into(token.node).length,
      holds: (condition) => this.context.holds(condition),
      tasks: this.tasksAt(token),
      ...peopleView(this, token.node),
    }
  }

  task(key: string): FlowTask {
    return this.state.tasks.find((t) => t.key === key)!
  }

  tasksAt({ node, round }: Pick<Token, 'node' | 'round'>): FlowTask[] {
    return this.state.tasks.filter((t) => t.node === node && t.round === round)
  }

  /** The token a task belongs to. */
  tokenOf({ node, round }: Pick<FlowTask, 'node' | 'round'>): Token {
    return this.state.tokens.find((t) => t.node === node && t.round === round)!
  }

  place(node: string, forks: number[], way?: string): Token {
    const round = (this.state.rounds[node] ?? 0) + 1
    const token: Token = { id: ++this.state.counter, node, round, forks }
    this.state.rounds[node] = round
    this.state.tokens.push(token)
    this.arrived.push(token)
    this.route.push({ node, round, ...(way !== undefined && { way }) })
    return token
  }

  drop(token: Token) {
    this.state.tokens = this.state.tokens.filter((t) => t !== token)
  }

  /** Goes on by these ways; by several at once it forks. */
  leave(token: Token, edges: Edge[]) {
    this.drop(token)
    const forks = edges.length > 1 ? [...token.forks, ++this.state.counter] : token.forks
    for (const edge of edges) this.place(edge.target, forks, edge.id)
  }

  record(at: string, effects: Effect[] | undefined) {
    if (effects?.length) this.effects.push({ kind: 'record', at, effects })
  }

  /** A new task whose turn has not come, before or after another of its round, else last. */
  add(place: Pick<Token, 'node' | 'round'>, members: Omit<TaskView, 'key' | 'status'>, beside?: { task: FlowTask; after: boolean }): FlowTask {
    const { node, round } = place
    const task: FlowTask = { key: `${node}.${round}.${this.tasksAt(place).length}`, node, round, ...members, status: 'pending' }
    const at = beside ? this.state.tasks.indexOf(beside.task) + (beside.after ? 1 : 0) : this.state.tasks.length
    this.state.tasks.splice(at, 0, task)
    return task
  }

  open(task: FlowTask) {
    task.status = 'open'
    task.opened = true
    this.effects.push({ kind: 'openTask', task: { ...task } })
  }

  /** `pending`: until others were heard. */
  close(task: FlowTask, status: TaskStatus) {
    if (task.status !== 'open' && task.status !== 'pending') return
    task.status = status
    if (status === 'approved' || status === 'rejected') task.turn = ++this.state.counter
    if (task.opened) this.effects.push({ kind: 'closeTask', key: task.key, status })
  }

  choose(chosen: FlowState['chosen']) {
    if (chosen) this.state.chosen = { ...this.state.chosen, ...chosen }
  }

  finish(result: 'approved' | 'rejected' | 'withdrawn') {
    for (const task of this.state.tasks) this.close(task, 'cancelled')
    this.state.tokens = []
    this.state.status = result
    if (result === 'rejected') this.record('reject', this.flow.onReject)
    if (result === 'withdrawn') this.record('withdraw', this.flow.onWithdraw)
    this.effects.push({ kind: 'ended', result })
  }

  incident(node: string, reason: string) {
    this.state.status = 'incident'
    this.effects.push({ kind: 'incident', node, reason })
  }
}
