/** What an approval is for beside itself: one entry a kind, told when the instance has ended. */
import type { FlowStatus, WireRecord } from '../../runtime/engine'
import type { Label } from '../../schemas/generated/types'
import type { Table } from '../model/tables'
import type { WriteContext } from '../use-cases/context'
import type { Instance } from './instances'
import { deleteHeld, type DeletionPurpose } from './hold-deletion'
import { writeHeld } from './hold-change'
import { moveRecord } from './move-record'

/** A move that waits for a gate. */
export interface StagePurpose { kind: 'stage'; to: string; /** What the stage was called when it was asked for. */ label?: Label; /** The record changes over to this pipeline with it. */ pipeline?: string; fields: WireRecord; comment: string | null }

/** A change that is held: input by field, what stood there, and the revision it was made on. */
export interface ChangePurpose { kind: 'change'; fields: WireRecord; before: WireRecord; baseRev: number }

export type Purpose = StagePurpose | ChangePurpose | DeletionPurpose

/** `ctx` has the engine's rights; `me` is the initiator, whose wish it is, `decidedBy` the person who decided last. */
export interface PurposeRun { ctx: WriteContext; instance: Instance; table: Table; record: WireRecord }

interface PurposeKind<P extends Purpose> {
  /** Does what was asked for; returns the record as it is then. A refusal undoes the decision too. */
  approved(purpose: P, run: PurposeRun): Promise<WireRecord>
  /** The instance ended otherwise: nothing is to be done unless said here. */
  ended?(purpose: P, run: PurposeRun, result: Exclude<FlowStatus, 'approved'>): Promise<WireRecord>
}

const kinds: { [K in Purpose['kind']]: PurposeKind<Extract<Purpose, { kind: K }>> } = {
  stage: {
    approved: async (purpose, { ctx, table, record }) => (await moveRecord(ctx, table, record, { ...purpose, byPerson: false, granted: true })).record,
  },
  change: { approved: writeHeld },
  deletion: { approved: deleteHeld },
}

export async function concludePurpose(run: PurposeRun, result: FlowStatus): Promise<WireRecord> {
  const { purpose } = run.instance
  if (!purpose) return run.record
  const kind = kinds[purpose.kind] as PurposeKind<Purpose>
  if (result === 'approved') return kind.approved(purpose, run)
  return (await kind.ended?.(purpose, run, result)) ?? run.record
}
