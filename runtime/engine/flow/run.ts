/** The books of one command: the state as it becomes, and the effects it has. Events and steps work on it; it decides nothing itself. */
import type { Reason } from '../../../schemas/errors'
import type { Edge, Effect, Flow, FlowNode } from '../../../schemas/generated/types'
import { nodeTypeOf } from '../../../schemas/node-types'
import type { NodeView, TaskStatus, TaskView } from '../../../schemas/node-types/node-type'
import { graphOf, type Graph } from './graph'
import { peopleView } from './people-view'
import { isLive, type FlowContext, type FlowEffect, type FlowResult, type FlowState, type FlowTask, type Passage, type Token } from './types'

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
    this.graph = graphOf(flow)
  }

  get live(): boolean {
    return isLive(this.state)
  }

  nodeOf({ node }: Pick<Token, 'node'>): FlowNode {
    return this.graph.node(node)
  }

  view(token: Token): NodeView {
    const node = this.nodeOf(token)
    return {
      out: this.graph.out(token.node),
      into: this.graph.into(token.node).length,
      round: token.round,
      holds: (condition, result) => this.context.holds(condition, result),
      tasks: this.tasksAt(token),
      results: token.waits?.for === 'calls' ? token.waits.results : [],
      answer: token.waits?.for === 'answer' ? token.waits.answer : null,
      moment: () => this.context.moment(node),
      lookup: () => this.context.lookup(node),
      calls: () => this.context.calls(node),
      ...peopleView(this, token.node),
    }
  }

  task(key: string): FlowTask {
    return this.state.tasks.find((t) => t.key === key)!
  }

  tasksAt({ node, round }: Pick<Token, 'node' | 'round'>): FlowTask[] {
    return this.state.tasks.filter((t) => t.node === node && t.round === round)
  }

  /** The token that is at a node in this round, if it still is. */
  tokenAt(node: string, round: number): Token | undefined {
    return this.state.tokens.find((t) => t.node === node && t.round === round)
  }

  /** The token a task belongs to. */
  tokenOf({ node, round }: Pick<FlowTask, 'node' | 'round'>): Token {
    return this.tokenAt(node, round)!
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
    if (token.timed || token.waits) this.effects.push({ kind: 'release', node: token.node, round: token.round })
  }

  /** Takes a token away before its node is decided. */
  abandon(token: Token) {
    for (const task of this.tasksAt(token)) this.close(task, 'cancelled')
    this.drop(token)
  }

  /** Goes on by these ways; by several at once it forks. What was sent back for a correction comes straight back. */
  leave(token: Token, edges: Edge[]) {
    this.drop(token)
    if (token.back !== undefined) { this.place(token.back, token.forks); return }
    const forks = edges.length > 1 ? [...token.forks, this.fork(token)] : token.forks
    for (const edge of edges) this.place(edge.target, forks, edge.id)
  }

  private fork({ node }: Token): number {
    this.state.forks[++this.state.counter] = node
    return this.state.counter
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
    const { due } = this.graph.node(task.node) as { due?: string }
    if (due !== undefined) task.dueAt ??= this.context.due(due)
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

  /** A task becomes somebody else's: a new one in its place. */
  reassign(task: FlowTask, assignee: string, via: 'reassign' | 'escalate', by?: string) {
    const next = this.add(task, { assignee, via, ...(by !== undefined && { by }), ...(task.group !== undefined && { group: task.group }), ...(task.after !== undefined && { after: task.after }), ...(task.before !== undefined && { before: task.before }) }, { task, after: true })
    if (task.dueAt !== undefined) next.dueAt = task.dueAt
    this.close(task, 'transferred')
    this.open(next)
  }

  /** Nobody else is asked at this node in this round. */
  settle(token: Token, decision: 'approved' | 'rejected', effects: Effect[], automatic?: Reason) {
    if (automatic) this.effects.push({ kind: 'automatic', node: token.node, decision, reason: automatic })
    for (const task of this.tasksAt(token)) this.close(task, 'cancelled')
    this.record(at(token), effects)
  }

  finish(result: FlowResult) {
    for (const token of this.state.tokens) this.abandon(token)
    for (const task of this.state.tasks) this.close(task, 'cancelled')
    this.state.status = result
    if (result === 'rejected') this.record('reject', this.flow.onReject)
    else if (result !== 'approved') this.record('withdraw', this.flow.onWithdraw)
    this.effects.push({ kind: 'ended', result })
  }

  incident(token: Token, reason: Reason) {
    token.incident = reason
    this.state.status = 'incident'
    this.effects.push({ kind: 'incident', node: token.node, reason })
  }

  /** An instance is stuck as long as one of its tokens is. */
  refreshStatus() {
    if (this.live) this.state.status = this.state.tokens.some((t) => t.incident !== undefined) ? 'incident' : 'running'
  }

  /** Asks the type of a token's node. */
  typeOf(token: Token) {
    return nodeTypeOf(this.nodeOf(token))
  }
}
