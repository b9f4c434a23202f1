/** A flow on a record as it would go, with nothing written: the record's changes happen to a copy in memory. */
import { computeRecord, emptyState, simulation, type Choices, type FlowContext, type Moment, type Simulation, type WireRecord } from '../../runtime/engine'
import { AppError, reasonIn, reasonLabel, type Problem, type Reason } from '../../schemas/errors'
import type { Effect, Flow } from '../../schemas/generated/types'
import { scopeFor, valuesFor } from '../effects/evaluate'
import type { Table } from '../model/tables'
import { ruleContextFor } from '../records/load'
import type { Context } from '../use-cases/context'
import { flowContext } from './flow-context'
import type { Instance } from './instances'
import { presentPins, type Pin } from './pins'

export interface Simulated {
  flow: Flow
  table: Table
  record: WireRecord
  initiator: string
  choices?: Choices
  /** Computed values that stay as they are given: a sample has nothing to compute them from. */
  fixed?: WireRecord
}
/** Problems are warnings, with pointers into the flow. */
export interface Outcome extends Simulation { warnings: Problem[] }

export async function simulateOn(ctx: Context, simulated: Simulated): Promise<Outcome> {
  const copy = new Copy(simulated)
  const run = simulation(simulated.flow, simulated.choices)
  for (let next = run.next(); ; ) {
    if (next.done) return { ...next.value, warnings: [...warningsOf(simulated, next.value), ...copy.warnings] }
    next = run.next(await contextAt(ctx, simulated, copy, next.value))
  }
}

async function contextAt(ctx: Context, { flow, table, record, initiator }: Simulated, copy: Copy, { effects, by, at }: Moment): Promise<FlowContext> {
  const me = ctx.model.directory.person(by ?? initiator) ?? ctx.me
  const then = { ...ctx, me, clock: { ...ctx.clock, ...(at !== undefined && { now: () => at }) } }
  return flowContext(then, { instance: imagined(ctx, flow, record, initiator, await presentPins(ctx, flow)), flow, table, record: await copy.after(then, effects) })
}

const imagined = (ctx: Context, flow: Flow, record: WireRecord, initiator: string, pins: Pin[]): Instance => ({
  id: '', rev: 1, flow: flow.name, version: 0, hash: '', release: String(ctx.model.release), entity: flow.entity, record: record.id!, title: '',
  status: 'running', initiator, startedAt: ctx.clock.now(), endedAt: null, state: emptyState(), purpose: null, trail: [], pins, parent: null, calledBy: null,
})

/** The record as effects would leave it. */
class Copy {
  readonly warnings: Problem[] = []
  private record: WireRecord
  private done = 0
  constructor(private readonly simulated: Simulated) { this.record = simulated.record }

  async after(ctx: Context, effects: readonly Effect[]): Promise<WireRecord> {
    for (; this.done < effects.length; this.done++) await this.apply(ctx, effects[this.done]!)
    return this.record
  }

  private async apply(ctx: Context, effect: Effect) {
    const change = changes[effect.kind] as ((ctx: Context, run: Simulated, effect: Effect) => Promise<WireRecord>) | undefined
    if (!change) return this.warn('notSimulated', effect)
    try {
      this.record = await change(ctx, { ...this.simulated, record: this.record }, effect)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      this.warn('effectFails', effect, reasonIn(error))
    }
  }

  private warn(code: 'notSimulated' | 'effectFails', { id }: Effect, reason: Reason = '') {
    if (!this.warnings.some((w) => w.code === code && w.params?.name === id)) this.warnings.push({ path: '', code, params: { name: id, reason } })
  }
}

/** Effects that change the record itself; others are told of and not done. */
const changes: { [K in Effect['kind']]?: (ctx: Context, run: Simulated, effect: Extract<Effect, { kind: K }>) => Promise<WireRecord> } = {
  setField: async (ctx, { table, record, fixed }, { values }) => {
    const scope = await scopeFor({ ctx, table, record, extra: {} }, Object.values(values))
    const changed = { ...record, ...valuesFor(table, values, scope) }
    return { ...computeRecord(table.entity, changed, await ruleContextFor(ctx, table, changed, table.entity.rulesRead), ctx.model.catalog).record, ...fixed }
  },
}

/** What deserves a look: who decides on their own submission, who is asked again, where nobody is. */
function warningsOf({ flow, initiator }: Simulated, { steps }: Simulation): Problem[] {
  const seen = new Set<string>()
  return steps.flatMap(({ node, asked, automatic }): Problem[] => {
    const path = `/nodes/${flow.nodes.findIndex((n) => n.id === node)}`
    const again = asked.filter((person) => seen.has(person))
    for (const person of asked) seen.add(person)
    return [
      ...(automatic === undefined ? [] : [{ path, code: 'stepAutomatic' as const, params: { reason: reasonLabel(automatic) } }]),
      ...(asked.includes(initiator) ? [{ path, code: 'asksSubmitter' as const }] : []),
      ...again.map((person) => ({ path, code: 'askedAgain' as const, params: { person } })),
    ]
  })
}
