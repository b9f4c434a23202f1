import { scopeOf, type WireRecord } from '../../runtime/engine'
import { ExpressionError, holds, type Scope } from '../../schemas/expressions'
import { AppError } from '../../schemas/errors'
import type { Action } from '../../schemas/generated/types'
import { runEffects, type Created } from '../effects'
import { refuseWhileLocked } from '../flows/lock'
import type { Table } from '../model/tables'
import { refuseUnseen } from '../records/brought'
import { checkedInput, defaultsOf, inputEntity, inputValue } from '../records/input'
import { addHistory } from '../records/history'
import { namedAsSeen } from '../records/expand'
import { ruleContextFor, visibleRecord } from '../records/load'
import { within } from '../records/visibility'
import { asEngine, inTransaction, type Context } from './context'
import { present, requireRev } from './update-record'

export interface ActionResult { record: WireRecord; created: Created[]; instance?: string }

/** Presses a button of a record: all of its steps happen, or none. 409 when its condition does not hold (any more). */
export async function runAction(ctx: Context, entity: string, id: string, name: string, input: WireRecord, rev?: number): Promise<ActionResult> {
  return inTransaction(ctx, async (tx) => {
    const { table, record } = await visibleRecord(tx, entity, id)
    const action = actionOf(tx, entity, name)
    if (!(await within(tx, table.entity, 'update', tx.access.entity(entity)?.actions.get(name), record))) throw new AppError(403, 'forbidden')
    requireRev(tx, table, record, rev)
    await refuseWhileLocked(tx, record)
    const scope = await actionScope(tx, table, record, action)
    if (!isAvailable(action, scope)) throw unavailable(action, present(tx, table, record))
    const given = checkedInput(action, input, scope, tx.newId)
    await refuseUnseen(tx, inputEntity(action), given, defaultsOf(action, scope), '/input')
    const run = await runEffects(action.steps, { ctx: asEngine(tx, `action:${name}`), table, record, extra: { input: inputValue(action, given) }, created: [] })
    await addHistory({ ...tx, path: `action:${name}` }, entity, run.record, 'action', [], { action: name, label: action.label, created: run.created })
    return { record: present(tx, table, run.record), created: await namedAsSeen(tx, run.created), ...(run.instance !== undefined && { instance: run.instance }) }
  })
}

function actionOf(ctx: Context, entity: string, name: string): Action {
  const action = ctx.model.catalog.actions.get(entity)?.find((a) => a.name === name)
  if (!action) throw new AppError(404, 'noSuchDefinition', { kind: { en: 'action', zh: '动作' }, name })
  return action
}

/** Variables of an action's condition and defaults. */
export async function actionScope(ctx: Context, table: Table, record: WireRecord, action: Action): Promise<Scope> {
  const sources = [action.condition, ...(action.input ?? []).map((f) => f.defaultExpr)].filter((s) => s !== undefined)
  return scopeOf(table.entity, record, await ruleContextFor(ctx, table, record, sources), ctx.model.catalog)
}

export function isAvailable({ condition }: Action, scope: Scope): boolean {
  try {
    return condition === undefined || holds(condition, scope)
  } catch (error) {
    if (error instanceof ExpressionError) return false
    throw error
  }
}

export function unavailable(action: Action, record: WireRecord): AppError {
  return action.unavailable ? new AppError(409, 'actionUnavailable', { text: action.unavailable }, [], record) : new AppError(409, 'notAvailableNow', { label: action.label }, [], record)
}
