/**
 * The flow interpreter: `advance(flow, state, event, context) → {state, effects}`. Pure: no clock, no randomness, no I/O. State is
 * plain JSON and can be resumed after every step; the use-case around it commits state, tasks, trail and record changes together.
 *
 * An instance is a set of tokens. A token stands at a node and carries the forks it came through; a join waits for those live
 * tokens of the innermost fork that can still come there. Work is a queue, never recursion, and bounded by settings.maxAutoSteps.
 */
import type { Edge, Effect, Flow, FlowNode } from '../../schemas/generated/types'
import { nodeTypeOf } from '../../schemas/node-types'
import type { Directory, NodeView, Step, TaskView } from '../../schemas/node-types/node-type'

export interface Token {
  id: number
  node: string
  /** Which entry to the node this is. */
  round: number
  /** Forks it came through, outermost first. */
  forks: number[]
  /** Waits at a join. */
  joining?: true
}
export interface FlowTask extends TaskView { node: string; round: number }
export type FlowStatus = 'running' | 'approved' | 'rejected' | 'withdrawn' | 'incident'
export interface FlowState {
  status: FlowStatus
  tokens: Token[]
  /** How often each node was entered. */
  rounds: { [node: string]: number }
  tasks: FlowTask[]
  /** Last number given to a token or fork. */
  counter: number
}

export type FlowEvent =
  | { type: 'start' }
  | { type: 'decide'; task: string; decision: 'approve' | 'reject' }
  | { type: 'withdraw' }

export type FlowEffect =
  | { kind: 'openTask'; task: FlowTask }
  | { kind: 'closeTask'; key: string; status: TaskView['status'] }
  /** Effects on the record. `at` makes each happen once: node, round and effect id are unique in an instance. */
  | { kind: 'record'; at: string; effects: Effect[] }
  | { kind: 'automatic'; node: string; decision: 'approved' | 'rejected'; reason: string }
  | { kind: 'incident'; node: string; reason: string }
  | { kind: 'ended'; result: 'approved' | 'rejected' | 'withdrawn' }

export interface FlowContext {
  people: Directory
  initiator: string
  /** Whether a condition holds for the record as it is now; throws when it cannot be evaluated. */
  holds(condition: string): boolean
}

/** Applies one event. The caller has checked that the event is allowed (task open, instance running). */
export function advance(flow: Flow, state: FlowState | undefined, event: FlowEvent, context: FlowContext): { state: FlowState; effects: FlowEffect[] } {
  const run = new Run(flow, structuredCloneJson(state ?? { status: 'running', tokens: [], rounds: {}, tasks: [], counter: 0 }), context)
  handlers[event.type](run, event as never)
  run.work()
  return { state: run.state, effects: run.effects }
}

const handlers: { [T in FlowEvent['type']]: (run: Run, event: Extract<FlowEvent, { type: T }>) => void } = {
  start: (run) => run.begin(),
  decide: (run, event) => run.decide(event.task, event.decision),
  withdraw: (run) => run.finish('withdrawn'),
}

/** Makes effects unique in an instance. */
const at = ({ node, round }: Token) => `${node}.${round}`

const structuredCloneJson = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T

class Run {
  readonly effects: FlowEffect[] = []
  private readonly nodes: Map<string, FlowNode>
  private readonly arrived: Token[] = []

  constructor(private readonly flow: Flow, readonly state: FlowState, private readonly context: FlowContext) {
    this.nodes = new Map(flow.nodes.map((n) => [n.id, n]))
  }

  begin() {
    const start = this.flow.nodes.find((n) => nodeTypeOf(n).isStart)!
    this.place(start.id, [])
    this.record('submit', this.flow.onSubmit)
  }

  decide(key: string, decision: 'approve' | 'reject') {
    const task = this.state.tasks.find((t) => t.key === key)!
    this.close(task, decision === 'approve' ? 'approved' : 'rejected')
    const token = this.state.tokens.find((t) => t.node === task.node && t.round === task.round)!
    const node = this.nodes.get(task.node)!
    this.follow(token, this.attempt(node, () => nodeTypeOf(node).decided!(node, this.view(token, node))))
  }

  /** Moves tokens until every one rests. */
  work() {
    const limit = this.flow.settings?.maxAutoSteps ?? 1000
    for (let steps = 0; this.state.status === 'running'; steps++) {
      const token = this.arrived.shift()
      if (!token) return this.reportDeadlock()
      if (!this.state.tokens.includes(token)) continue
      const node = this.nodes.get(token.node)!
      if (steps >= limit) { this.incident(node.id, `more than ${limit} automatic steps`); return }
      this.follow(token, this.attempt(node, () => nodeTypeOf(node).enter(node, this.view(token, node))))
    }
  }

  private attempt(node: FlowNode, run: () => Step): Step {
    try { return run() } catch (error) { return { kind: 'incident', reason: `${node.id}: ${(error as Error).message}` } }
  }

  private view(token: Token, node: FlowNode): NodeView {
    const out = this.flow.edges.filter((e) => e.source === node.id).sort((a, b) => (a.order ?? 0) - (b.order ?? 0))
    return {
      out,
      into: this.flow.edges.filter((e) => e.target === node.id).length,
      holds: (condition) => this.context.holds(condition),
      people: this.context.people,
      initiator: this.context.initiator,
      tasks: this.state.tasks.filter((t) => t.node === node.id && t.round === token.round),
    }
  }

  private follow(token: Token, step: Step) {
    switch (step.kind) {
      case 'wait': return
      case 'move': return this.leave(token, step.edges)
      case 'join': token.joining = true; return this.join(token, step.edges)
      case 'ask': return step.assignees.forEach((assignee, slot) => this.open(token, assignee, slot))
      case 'approved': this.settle(token, 'approved', step.effects, step.automatic); return this.leave(token, step.edges)
      case 'rejected': this.settle(token, 'rejected', step.effects, step.automatic); return this.finish('rejected')
      case 'end': this.record(at(token), step.effects); return this.end(token, step.result)
      case 'incident': return this.incident(token.node, step.reason)
    }
  }

  private settle(token: Token, decision: 'approved' | 'rejected', effects: Effect[], automatic: string | undefined) {
    if (automatic) this.effects.push({ kind: 'automatic', node: token.node, decision, reason: automatic })
    for (const task of this.state.tasks) if (task.node === token.node && task.round === token.round) this.close(task, 'cancelled')
    this.record(at(token), effects)
  }

  private record(at: string, effects: Effect[] | undefined) {
    if (effects?.length) this.effects.push({ kind: 'record', at, effects })
  }

  private leave(token: Token, edges: Edge[]) {
    this.drop(token)
    const forks = edges.length > 1 ? [...token.forks, ++this.state.counter] : token.forks
    for (const edge of edges) this.place(edge.target, forks)
  }

  private place(node: string, forks: number[]) {
    const round = (this.state.rounds[node] ?? 0) + 1
    const token: Token = { id: ++this.state.counter, node, round, forks }
    this.state.rounds[node] = round
    this.state.tokens.push(token)
    this.arrived.push(token)
  }

  private drop(token: Token) {
    this.state.tokens = this.state.tokens.filter((t) => t !== token)
  }

  /** Goes on when no other live token of the innermost fork can still come here; those that wait here become one. */
  private join(token: Token, edges: Edge[]) {
    for (let merged = token; ; ) {
      const fork = merged.forks.at(-1)
      const siblings = fork === undefined ? [] : this.state.tokens.filter((t) => t !== merged && t.forks.includes(fork))
      const waiting = siblings.filter((t) => t.joining && t.node === token.node)
      const coming = siblings.filter((t) => !waiting.includes(t) && (t.node === token.node || this.reaches(t.node, token.node)))
      if (coming.length > 0) return
      for (const sibling of waiting) this.drop(sibling)
      if (fork === undefined || siblings.length > waiting.length) return this.leave(merged, edges)
      // The fork is over: what is left of it may have to wait for the fork around it.
      this.drop(merged)
      merged = { ...merged, forks: merged.forks.slice(0, -1) }
      this.state.tokens.push(merged)
    }
  }

  private readonly reachable = new Map<string, Set<string>>()

  /** Whether a way leads from one node to another. */
  private reaches(from: string, to: string): boolean {
    let nodes = this.reachable.get(from)
    if (!nodes) {
      nodes = new Set()
      for (const open = [from]; open.length > 0; ) {
        const node = open.pop()!
        for (const edge of this.flow.edges) if (edge.source === node && !nodes.has(edge.target)) { nodes.add(edge.target); open.push(edge.target) }
      }
      this.reachable.set(from, nodes)
    }
    return nodes.has(to)
  }

  /** Joins that wait for each other only would wait for ever: that is for an admin to see, never a silent approval. */
  private reportDeadlock() {
    const [first] = this.state.tokens
    if (first && this.state.tokens.every((t) => t.joining)) this.incident(first.node, 'the joins wait for each other')
  }

  private end(token: Token, result: 'approved' | 'rejected') {
    if (result === 'rejected') return this.finish('rejected')
    this.drop(token)
    if (this.state.tokens.length === 0) this.finish('approved')
    else this.releaseJoins()
  }

  /** A branch that ended elsewhere may be the one a join was waiting for. */
  private releaseJoins() {
    for (const token of this.state.tokens.filter((t) => t.joining)) {
      if (this.state.tokens.includes(token)) this.join(token, this.view(token, this.nodes.get(token.node)!).out)
    }
  }

  finish(result: 'approved' | 'rejected' | 'withdrawn') {
    for (const task of this.state.tasks) this.close(task, 'cancelled')
    this.state.tokens = []
    this.state.status = result
    if (result === 'rejected') this.record('reject', this.flow.onReject)
    if (result === 'withdrawn') this.record('withdraw', this.flow.onWithdraw)
    this.effects.push({ kind: 'ended', result })
  }

  private incident(node: string, reason: string) {
    this.state.status = 'incident'
    this.effects.push({ kind: 'incident', node, reason })
  }

  private open({ node, round }: Token, assignee: string, slot: number) {
    const task: FlowTask = { key: `${node}.${round}.${slot}`, node, round, assignee, status: 'open' }
    this.state.tasks.push(task)
    this.effects.push({ kind: 'openTask', task })
  }

  private close(task: FlowTask, status: TaskView['status']) {
    if (task.status !== 'open') return
    task.status = status
    this.effects.push({ kind: 'closeTask', key: task.key, status })
  }
}
