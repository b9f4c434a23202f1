/** Flows drawn in few words, and the walk through them: every event applied, and once more with the state through JSON before each step. */
import { advance, isLive, type FlowContext, type FlowEffect, type FlowEvent, type FlowState } from '../../runtime/engine'
import type { ApprovalNode, Edge, EndNode, ExclusiveNode, Flow, FlowNode } from '../../schemas/generated/types'
import { company } from './company'

const label = { en: 'Flow', zh: '流程' }

export const start: FlowNode = { id: 'start', type: 'start' }
export const approved: EndNode = { id: 'approved', type: 'end', result: 'approved' }
export const rejected: EndNode = { id: 'rejected', type: 'end', result: 'rejected' }
export const by: ExclusiveNode = { id: 'by', type: 'exclusive' }
export const parallel = (id: string): FlowNode => ({ id, type: 'parallel' })
export const ask = (id: string, who: string | string[] = id, members: Partial<ApprovalNode> = {}): FlowNode =>
  ({ id, type: 'approval', assignees: [who].flat().map((user) => ({ kind: 'user', user })), ...members })
export const effect = (id: string) => ({ id, kind: 'setField' as const, values: { note: `'${id}'` } })

/** Ways as text: `start > manager`, `by > boss when large`, `by > end else`. */
export function flow(nodes: FlowNode[], ways: string[], members: Partial<Flow> = {}): Flow {
  return { kind: 'flow', name: 'flow', entity: 'thing', label, nodes, edges: ways.map(edge), ...members }
}

function edge(way: string, i: number): Edge {
  const [, source, target, condition] = /^(\w+) > (\w+)(?: (when .+|else))?$/.exec(way)!
  return { id: `e${i}`, source: source!, target: target!, order: i, ...(condition === 'else' && { default: true }), ...(condition?.startsWith('when ') && { when: condition.slice(5) }) }
}

export const asAnn = (members: Partial<FlowContext> = {}): FlowContext => ({
  people: company, initiator: 'ann', holds: () => false, value: () => undefined, evaluate: () => null, reusable: () => undefined,
  due: (duration) => `after ${duration}`, moment: () => undefined, lookup: () => ({ outputs: {}, note: 'no line' }), calls: () => [], ...members,
})

/** `mia approves`, `dan rejects`, `fay handles`, `dan returns first`, `pause.1.wait fires`, `sub.1.0 ended approved`, `score.1 answers`, `score.1 fails`, `withdraw`, `resubmit`, `retry`. */
export type Happening = string

export interface Walk { state: FlowState; /** Effects of each event, the start first. */ effects: FlowEffect[][] }

/** Starts and lets things happen. */
export function walk(definition: Flow, happenings: Happening[] = [], context: FlowContext = asAnn()): Walk {
  const result = through(definition, happenings, context, (state) => state)
  const reloaded = through(definition, happenings, context, (state) => JSON.parse(JSON.stringify(state)) as FlowState)
  expect(reloaded).toEqual(result)
  return result
}

function through(definition: Flow, happenings: Happening[], context: FlowContext, reload: (state: FlowState) => FlowState): Walk {
  let { state, effects } = advance(definition, undefined, { type: 'start' }, context)
  const all = [effects]
  for (const happening of happenings) {
    const before = JSON.stringify(state)
    const next = advance(definition, reload(state), eventOf(happening, state), context)
    if (JSON.stringify(state) !== before) throw new Error('the state that was handed in has changed')
    state = next.state
    effects = next.effects
    all.push(effects)
  }
  return { state, effects: all }
}

const verbs: Record<string, 'approve' | 'reject'> = { approves: 'approve', rejects: 'reject', handles: 'approve' }

function eventOf(happening: Happening, state: FlowState): FlowEvent {
  const [person, verb, to] = happening.split(' ')
  if (happening === 'withdraw' || happening === 'resubmit' || happening === 'retry' || happening === 'terminate') return { type: happening }
  if (verb === 'fires') { const [node, round, ...name] = person!.split('.'); return { type: 'timer', node: node!, round: Number(round), name: name.join('.') } }
  if (verb === 'ended') { const [node, round, index] = person!.split('.'); return { type: 'childEnded', node: node!, round: Number(round), index: Number(index), result: to! } }
  if (verb === 'answers' || verb === 'fails') { const [node, round] = person!.split('.'); return { type: 'answered', node: node!, round: Number(round), answer: verb === 'answers' ? { ok: true, status: 200, body: { score: 7 }, error: null } : { ok: false, status: null, body: null, error: 'busy' } } }
  const task = state.tasks.find((t) => t.status === 'open' && t.assignee === person)
  if (!task) throw new Error(`${person} has no open task; open: ${openTasks(state).join(', ')}`)
  if (verb === 'returns') return { type: 'sendBack', task: task.key, to: to! }
  return { type: 'decide', task: task.key, decision: verbs[verb!]! }
}

/** `manager: mia`, of every open task. */
export const openTasks = (state: FlowState) => state.tasks.filter((t) => t.status === 'open').map((t) => `${t.node}: ${t.assignee}`)
/** Where tokens stand. */
export const places = (state: FlowState) => state.tokens.map((t) => t.node).sort()

/** Effects in words: `open manager.1.0 mia`, `close manager.1.0 approved`, `record manager.1 ok`, `ended approved`. */
export const words = (effects: FlowEffect[]) => effects.map((e) => {
  switch (e.kind) {
    case 'openTask': return `open ${e.task.key} ${e.task.assignee}`
    case 'closeTask': return `close ${e.key} ${e.status}`
    case 'fill': return `fill ${e.at} ${Object.keys(e.fill.values).join(' ')}`
    case 'request': return `request ${e.node}.${e.round} ${e.request.url}`
    case 'record': return `record ${e.at} ${e.effects.map((x) => x.id).join(' ')}`
    case 'automatic': return `automatic ${e.node} ${e.decision}`
    case 'incident': return `incident ${e.node}`
    case 'ended': return `ended ${e.result}`
    case 'reassigned': return `reassigned ${e.node} ${e.person} to ${e.people.join(' ')}`
    case 'returned': return `returned ${e.node} to ${e.to}${e.superseded.map((key) => ` -${key}`).join('')}`
    case 'noted': return `noted ${e.node}`
    case 'remind': return `remind ${e.keys.join(' ')}`
    case 'schedule': return `schedule ${e.node}.${e.round}.${e.name} ${e.at ?? 'now'}`
    case 'release': return `release ${e.node}.${e.round}`
    case 'call': return `call ${e.node}.${e.round}.${e.index} ${e.item.flow}`
  }
})

/** What must hold of every state (flows.md, rules 8 and 21). Answers what does not. */
export function brokenRules(definition: Flow, { status, tokens, tasks }: FlowState): string[] {
  const open = tasks.filter((t) => t.status === 'open')
  const faults: string[] = []
  const live = isLive({ status })
  if (live && tokens.length === 0) faults.push('it runs without a token')
  if (!live && tokens.length > 0) faults.push('it ended and has tokens')
  if (!live && open.length > 0) faults.push('it ended and has open tasks')
  if (new Set(tokens.map((t) => t.id)).size !== tokens.length) faults.push('two tokens have one id')
  if (new Set(tasks.map((t) => t.key)).size !== tasks.length) faults.push('two tasks have one key')
  if (live !== (status === 'running') && !tokens.some((t) => t.incident)) faults.push('it is stuck and no token says why')
  for (const token of live ? tokens.filter((t) => !t.joining && !t.waits && !t.incident && !open.some((task) => task.node === t.node && task.round === t.round)) : []) faults.push(`a token rests at ${token.node} and nobody is asked`)
  for (const task of open.filter((t) => !tokens.some((token) => token.node === t.node && token.round === t.round))) faults.push(`${task.key} is open and no token is there`)
  if (live && tokens.every((t) => t.joining && !t.incident)) faults.push('every token waits for another')
  for (const token of tokens) if (!definition.nodes.some((n) => n.id === token.node)) faults.push(`a token stands at ${token.node}, which is no node`)
  return faults
}
