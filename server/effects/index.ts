/**
 * Effects of actions, stages and flows: what a definition makes happen, in the transaction of the command that causes it. One file a
 * kind; the registry below is the only place that knows them all.
 */
import type { Effect } from '../../schemas/generated/types'
import type { Scope } from '../../schemas/expressions'
import type { WireRecord } from '../../runtime/engine'
import type { Table } from '../model/tables'
import type { WriteContext } from '../use-cases/context'
import { applyRule } from './apply-rule'
import { createEach } from './create-each'
import { createRecord } from './create-record'
import { moveStage } from './move-stage'
import { notify } from './notify'
import { setField } from './set-field'
import { submitFlow } from './submit-flow'
import { webhook } from './webhook'

export interface Created { entity: string; id: string; title: string }

/** A run of effects on one record; each sees what the ones before it did. */
export interface EffectRun {
  ctx: WriteContext
  table: Table
  record: WireRecord
  /** Variables beside the record's fields: input. */
  extra: Scope['variables']
  created: Created[]
  /** Approval that was started. */
  instance?: string
  /** Who submitted, where that is somebody else than who acts. */
  initiator?: string
  /** What makes the ids of its deliveries stable: `<instance>.<node>.<round>`; without it every run has new ones. */
  origin?: string
}

/** Under what id an effect is told to the world outside. */
export const effectId = ({ ctx, origin }: EffectRun, effect: string): string => `${origin ?? ctx.newId()}.${effect}`

export type EffectKind<K extends Effect['kind']> = (effect: Extract<Effect, { kind: K }>, run: EffectRun) => Promise<void>

const kinds: { [K in Effect['kind']]: EffectKind<K> } = { setField, applyRule, createRecord, createEach, moveStage, submitFlow, notify, webhook }

export async function runEffects(effects: readonly Effect[], run: EffectRun): Promise<EffectRun> {
  for (const effect of effects) await kinds[effect.kind](effect as never, run)
  return run
}
