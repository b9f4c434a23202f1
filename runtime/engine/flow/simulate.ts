/**
 * Runs a flow through without writing anything: everybody who is asked approves, unless a choice says otherwise, and what is waited for
 * comes. The interpreter is the one that runs approvals, so that a simulation cannot differ from what happens.
 */
import type { Reason } from '../../../schemas/errors'
import type { Effect, Flow } from '../../../schemas/generated/types'
import { advance, type Advanced } from './advance'
import type { FlowEvent } from './events'
import type { FlowContext, FlowEffects, FlowState, FlowStatus, FlowTask, Passage, Token, Wait } from './types'

/** What is decided at a node when it is entered first; later entries approve, so that a simulation ends. */
export type Choices = { readonly [node: string]: 'approve' | 'reject' }

/** A point of the simulation: the effects on the record up to it, who decided last, and the time (UTC) once a due date was reached. */
export interface Moment { effects: readonly Effect[]; by?: string; at?: string }

/** An entry to a node, and what came of it. */
export interface SimulatedStep extends Passage {
  /** People who were asked, in their order. */
  asked: string[]
  /** People who are shown the record. */
  told?: string[]
  /** UTC. */
  dueAt?: string
  decision?: 'approved' | 'rejected'
  /** Why nobody was asked. */
  automatic?: Reason
}
export interface Simulation {
  /** How it ended; running where it hangs. */
  status: FlowStatus
  /** Where it hangs, and why. */
  stuck?: { node: string; reason: Reason }
  steps: SimulatedStep[]
  /** Effects on the record, in order. */
  effects: Effect[]
}

/** What comes to a node more often, or goes on for longer, is no approval any more. */
const mostRounds = 20
const mostEvents = 2000

/** Simulates in a world that stands still. */
export function simulate(flow: Flow, context: FlowContext, choices: Choices = {}): Simulation {
  const run = simulation(flow, choices)
  for (let next = run.next(context); ; next = run.next(context)) if (next.done) return next.value
}

/** The same in a world that changes: asks for the context of each moment. */
export function* simulation(flow: Flow, choices: Choices = {}): Generator<Moment, Simulation, FlowContext> {
  const book = new Book()
  let event: FlowEvent | undefined = { type: 'start' }
  let state: FlowState | undefined
  for (let events = 0; event && events < mostEvents && !book.circles(state); events++) {
    const result: Advanced = advance(flow, state, event, yield book.moment())
    state = result.state
    book.note(result)
    event = nextEvent(state, choices, book)
  }
  if (event) book.hangs(state!.tokens[0]!.node, { code: 'goesOn' })
  return book.close(state!)
}

/** What comes next at the first token that waits for something: one line a thing that can be waited for. Called flows are approved. */
const answers: ((state: FlowState, choices: Choices, book: Book) => FlowEvent | undefined)[] = [
  (state, choices, book) => {
    const task = state.tasks.find((t) => t.status === 'open')
    if (!task) return undefined
    book.reach(task.dueAt, task.assignee)
    return { type: 'decide', task: task.key, decision: task.round === 1 ? (choices[task.node] ?? 'approve') : 'approve' }
  },
  (state, _choices, book) => {
    const token = state.tokens.find((t) => t.waits !== undefined && t.incident === undefined)
    return token && coming[token.waits!.for]?.(token, book)
  },
]

const coming: { [K in Wait['for']]?: (token: Token, book: Book) => FlowEvent } = {
  timer: ({ node, round }, book) => {
    const { name, at } = book.timerOf(node, round)
    book.reach(at)
    return { type: 'timer', node, round, name }
  },
  calls: ({ node, round, waits }) => ({ type: 'childEnded', node, round, index: (waits as Extract<Wait, { for: 'calls' }>).results.indexOf(null), result: 'approved' }),
  // What it would say is not known, so that fields which it fills stay as they are.
  answer: ({ node, round }) => ({ type: 'answered', node, round, answer: { ok: true, status: 200, body: null, error: null } }),
}

function nextEvent(state: FlowState, choices: Choices, book: Book): FlowEvent | undefined {
  if (state.status !== 'running') return undefined
  for (const answer of answers) { const event = answer(state, choices, book); if (event) return event }
  return undefined
}

/** What the simulation has seen so far. */
class Book {
  private readonly steps: SimulatedStep[] = []
  private readonly effects: Effect[] = []
  private at: string | undefined
  private by: string | undefined
  private readonly timers: FlowEffects['schedule'][] = []
  private stuck: Simulation['stuck']

  moment(): Moment {
    return { effects: this.effects, ...(this.by !== undefined && { by: this.by }), ...(this.at !== undefined && { at: this.at }) }
  }

  note({ effects, route }: Advanced) {
    for (const passage of route) this.steps.push({ ...passage, asked: [] })
    for (const effect of effects) (this.notes as { [kind: string]: ((e: never) => void) | undefined })[effect.kind]?.(effect as never)
  }

  /** Time goes on to when something is due: everybody takes the time they have. */
  reach(at: string | undefined, by?: string) {
    if (by !== undefined) this.by = by
    if (at !== undefined && (this.at === undefined || at > this.at)) this.at = at
  }

  timerOf(node: string, round: number): FlowEffects['schedule'] {
    return this.timers.findLast((t) => t.node === node && t.round === round)!
  }

  circles(state: FlowState | undefined): boolean {
    const node = state && Object.keys(state.rounds).find((id) => state.rounds[id]! > mostRounds)
    if (node !== undefined) this.hangs(node, { code: 'goesOn' })
    return node !== undefined
  }

  hangs(node: string, reason: Reason) {
    this.stuck ??= { node, reason }
  }

  close({ status, tokens, tasks }: FlowState): Simulation {
    for (const task of tasks) if (task.opened && task.cites === undefined) this.asks(task)
    if (status === 'running') this.hangs(tokens[0]!.node, { code: 'notWaitedFor' })
    return { status, ...(this.stuck && { stuck: this.stuck }), steps: this.steps, effects: this.effects }
  }

  /** What a simulation keeps of the interpreter's effects; the others change nothing that is shown. */
  private readonly notes = {
    closeTask: ({ key, status }: { key: string; status: string }) => { if (status === 'approved' || status === 'rejected') this.entry(...placeOf(key)).decision = status },
    automatic: ({ node, decision, reason }: { node: string; decision: 'approved' | 'rejected'; reason: Reason }) => { Object.assign(this.entry(node), { decision, automatic: reason }) },
    incident: ({ node, reason }: { node: string; reason: Reason }) => this.hangs(node, reason),
    record: ({ effects }: FlowEffects['record']) => { this.effects.push(...effects) },
    cc: ({ node, round, people }: FlowEffects['cc']) => { this.entry(node, round).told = people },
    schedule: (timer: FlowEffects['schedule']) => { this.timers.push(timer) },
  }

  private asks({ node, round, assignee, dueAt }: FlowTask) {
    const step = this.entry(node, round)
    if (!step.asked.includes(assignee)) step.asked.push(assignee)
    if (dueAt !== undefined) step.dueAt = dueAt
  }

  private entry(node: string, round?: number): SimulatedStep {
    return this.steps.findLast((s) => s.node === node && (round === undefined || s.round === round))!
  }
}

/** Node and round of a task's key. */
function placeOf(key: string): [string, number] {
  const [node, round] = key.split('.')
  return [node!, Number(round)]
}
