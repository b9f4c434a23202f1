import { emptyState, type WireRecord } from '../../runtime/engine'
import { AppError } from '../../schemas/errors'
import type { Flow } from '../../schemas/generated/types'
import { calculate, scopeFor, titleOf } from '../effects/evaluate'
import { collections } from '../model/collections'
import type { Published } from '../model/model'
import type { Table } from '../model/tables'
import type { StoredDoc } from '../ports/store'
import type { WriteContext } from '../use-cases/context'
import { apply, logOnRecord } from './apply'
import { effectiveFlow } from './effective'
import { activeInstances, type Instance, type Parent } from './instances'
import { pinsOf, versionOf } from './pins'
import type { Purpose } from './purposes'

export interface StartOptions {
  comment: string | null
  /** Whom the initiator chose for nodes that leave it to them. */
  chosen?: { [node: string]: string[] }
  purpose?: Purpose
  /** The node that calls it, and the instance that is of: it runs on that one's pins, in the name of its initiator. */
  calledBy?: Parent
  caller?: Instance
}

/** Starts an approval of a record. 409 when another is in the way, or the flow is not for this record. */
export async function startFlow(ctx: WriteContext, table: Table, record: WireRecord, name: string, options: StartOptions): Promise<Instance> {
  const published = await versionFor(ctx, name, record, options.caller)
  const flow = published?.body as Flow | undefined
  if (!flow || flow.entity !== table.entity.name) throw new AppError(404, 'notFound')
  if (!options.caller) await refuse(ctx, table, record, flow, options.purpose)
  const instance = await begin(ctx, table, record, published!, options)
  await ctx.tx.insert(collections.instance, [instance as unknown as StoredDoc])
  await logOnRecord(ctx, instance, record, 'flow', { event: 'submitted', comment: options.comment })
  return apply(ctx, { instance, flow, table, record }, { type: 'start', ...(options.chosen && { chosen: options.chosen }) })
}

/** The caller's version, or the one in force. */
async function versionFor(ctx: WriteContext, name: string, record: WireRecord, caller: Instance | undefined): Promise<Published | undefined> {
  const pin = caller?.pins?.find((p) => p.kind === 'flow' && p.key === name)
  return pin ? versionOf(ctx, pin) : effectiveFlow(ctx, name, record)
}

async function refuse(ctx: WriteContext, table: Table, record: WireRecord, flow: Flow, purpose: Purpose | undefined) {
  const running = await inTheWay(ctx, record, flow, purpose)
  if (running) throw new AppError(409, 'flowRunning', {}, [], { instance: running.id })
  if (!(await applies(ctx, table, record, flow))) throw new AppError(409, 'flowNotApplicable', { label: flow.label }, [], { rev: record.rev })
}

/** The approval of the record because of which this one cannot begin. */
export async function inTheWay(ctx: WriteContext, record: WireRecord, flow: Flow, purpose?: Purpose): Promise<Instance | undefined> {
  const active = (await activeInstances(ctx, record.id!)).filter((i) => i.parent === null)
  return {
    onePerRecord: active[0],
    onePerPurpose: active.find((i) => i.flow === flow.name && i.purpose?.kind === purpose?.kind),
    many: undefined,
  }[flow.uniqueness ?? 'onePerRecord']
}

/** 422 when its condition cannot be evaluated for the record. */
export async function applies(ctx: WriteContext, table: Table, record: WireRecord, { trigger }: Flow): Promise<boolean> {
  if (trigger?.when === undefined) return true
  return calculate(trigger.when, await scopeFor({ ctx, table, record, extra: {} }, [trigger.when])) === true
}

async function begin(ctx: WriteContext, table: Table, record: WireRecord, published: Published, { comment, purpose, calledBy, caller }: StartOptions): Promise<Instance> {
  const now = ctx.clock.now()
  const initiator = caller?.initiator ?? ctx.me.id
  return {
    id: ctx.newId(), rev: 1, flow: published.key, version: published.version, hash: published.hash, release: String(ctx.model.release), entity: table.entity.name, record: record.id!, title: titleOf(table, record),
    status: 'running', initiator, startedAt: now, endedAt: null, state: emptyState(), purpose: purpose ?? null,
    pins: caller?.pins ?? (await pinsOf(ctx, published, (name) => effectiveFlow(ctx, name, record))),
    parent: calledBy?.instance ?? null, calledBy: calledBy ?? null,
    trail: [{ at: now, by: initiator, kind: 'submitted', comment }],
  }
}
