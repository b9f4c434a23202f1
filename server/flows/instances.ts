/** Approval instances as they are kept. An instance runs on the version of the flow it was started with, whatever is published later. */
import type { FlowState } from '../../runtime/engine'
import type { Flow } from '../../schemas/generated/types'
import { collections } from '../model/collections'
import { idOf } from '../model/model'
import type { StoredDoc } from '../ports/store'
import { readerOf, type Context } from '../use-cases/context'
import type { Purpose } from './purposes'

export type TrailKind = 'submitted' | 'approved' | 'rejected' | 'withdrawn' | 'automatic' | 'incident' | 'ended' | 'transferred' | 'delegated' | 'signersAdded' | 'signersRemoved' | 'copied' | 'claimed' | 'commented' | 'urged' | 'reassigned'

/** What happened, by whom, in whose place (`onBehalfOf`, by the out-of-office entry `proxy`); `people` are those it was done to. */
export interface TrailEntry {
  at: string; by: string; kind: TrailKind; node?: string; round?: number; comment?: string | null; reason?: string; result?: string; decision?: string
  onBehalfOf?: string; proxy?: string; people?: string[]; person?: string; cites?: string; attachments?: string[]; signature?: string; fields?: string[]
}

export interface Instance {
  id: string; rev: number; flow: string; version: number; hash: string; release: string; entity: string; record: string; title: string
  status: FlowState['status']; initiator: string; startedAt: string; endedAt: string | null
  state: FlowState; purpose: Purpose | null; trail: TrailEntry[]
}

export const toInstance = (doc: StoredDoc) => doc as unknown as Instance
export const isActive = (instance: Instance) => instance.status === 'running' || instance.status === 'incident'
export const taskId = (instance: Instance, key: string) => `${instance.id}.${key}`

export async function activeInstance(ctx: Context, record: string): Promise<Instance | undefined> {
  const where = { and: [{ path: ['record'], op: 'eq' as const, value: record }, { path: ['status'], op: 'in' as const, value: ['running', 'incident'] }] }
  const [doc] = await readerOf(ctx).find(collections.instance, { where, limit: 1 })
  return doc && toInstance(doc)
}

export async function loadInstance(ctx: Context, id: string): Promise<Instance | undefined> {
  const doc = await readerOf(ctx).get(collections.instance, id)
  return doc && toInstance(doc)
}

/** The definition an instance runs on. */
export async function flowOf(ctx: Context, { flow, version }: Pick<Instance, 'flow' | 'version'>): Promise<Flow> {
  const published = ctx.model.published.get(idOf('flow', flow))
  if (published?.version === version) return published.body as Flow
  const where = { and: [{ path: ['kind'], op: 'eq' as const, value: 'flow' }, { path: ['key'], op: 'eq' as const, value: flow }, { path: ['version'], op: 'eq' as const, value: version }] }
  const [doc] = await readerOf(ctx).find(collections.definition, { where, limit: 1 })
  return doc!.body as unknown as Flow
}
