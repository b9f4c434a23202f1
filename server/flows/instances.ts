/** Approval instances as they are kept. An instance runs on the version of the flow it was started with, whatever is published later. */
import { liveStatuses, type FlowState } from '../../runtime/engine'
import type { Where } from '../../schemas/filters'
import type { Flow } from '../../schemas/generated/types'
import { collections } from '../model/collections'
import type { StoredDoc } from '../ports/store'
import { readerOf, type Context } from '../use-cases/context'
import { versionOf, type Pin } from './pins'
import type { Purpose } from './purposes'
import type { TrailEntry } from './trail'

export type { TrailEntry, TrailKind } from './trail'

/** The node of another instance that this one was called by. */
export interface Parent { instance: string; node: string; round: number; index: number; depth: number }

export interface Instance {
  id: string; rev: number; flow: string; version: number; hash: string; release: string; entity: string; record: string; title: string
  status: FlowState['status']; initiator: string; startedAt: string; endedAt: string | null
  state: FlowState; purpose: Purpose | null; trail: TrailEntry[]
  /** Everything it depends on; null in instances from before this was kept. */
  pins: Pin[] | null
  /** Id of the instance that called it, and from where. */
  parent: string | null
  calledBy: Parent | null
}

export const toInstance = (doc: StoredDoc) => doc as unknown as Instance
/** Those that have not ended: `isLive` as the store asks it. */
export const live: Where = { path: ['status'], op: 'in', value: liveStatuses }
export const taskId = (instance: Pick<Instance, 'id'>, key: string) => `${instance.id}.${key}`

/** Every approval of a record that has not ended, with those that others called. */
export async function activeInstances(ctx: Context, record: string): Promise<Instance[]> {
  const where = { and: [{ path: ['record'], op: 'eq' as const, value: record }, live] }
  return (await readerOf(ctx).find(collections.instance, { where, sort: [{ column: 'startedAt' }] })).map(toInstance)
}

export async function activeInstance(ctx: Context, record: string): Promise<Instance | undefined> {
  const active = await activeInstances(ctx, record)
  return active.find((i) => i.parent === null) ?? active[0]
}

export async function loadInstance(ctx: Context, id: string): Promise<Instance | undefined> {
  const doc = await readerOf(ctx).get(collections.instance, id)
  return doc && toInstance(doc)
}

/** The definition an instance runs on. */
export async function flowOf(ctx: Context, { flow, version }: Pick<Instance, 'flow' | 'version'>): Promise<Flow> {
  return (await versionOf(ctx, { kind: 'flow', key: flow, version })).body as Flow
}
