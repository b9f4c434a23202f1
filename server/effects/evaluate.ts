import { scopeOf, type RuleContext, type WireRecord } from '../../runtime/engine'
import { evaluate, ExpressionError, type ExpressionValue, type Scope } from '../../schemas/expressions'
import { AppError } from '../../schemas/errors'
import { ruleContextFor } from '../records/load'
import type { Table } from '../model/tables'
import type { Context } from '../use-cases/context'
import type { EffectRun } from './index'

/** Variables of a run's expressions, with the records that they read through references. */
export async function scopeFor(run: Pick<EffectRun, 'table' | 'record' | 'extra'> & { ctx: Context }, sources: string[]): Promise<Scope> {
  const context: RuleContext = await ruleContextFor(run.ctx, run.table, run.record, sources)
  return scopeOf(run.table.entity, run.record, context, run.ctx.model.catalog, run.extra)
}

/** The fields an effect writes, as wire values of the entity it writes to. */
export function valuesFor(target: Table, values: { [field: string]: string }, scope: Scope): WireRecord {
  return Object.fromEntries(Object.entries(values).map(([name, source]) => {
    const field = target.entity.fields.get(name)!
    return [name, explained(source, () => field.type.fromExpression(evaluate(source, scope), field.definition))]
  }))
}

/** A definition's expression that fails at run time refuses the command and says why. */
export const calculate = (source: string, scope: Scope): ExpressionValue => explained(source, () => evaluate(source, scope))

function explained<T>(source: string, run: () => T): T {
  try {
    return run()
  } catch (error) {
    if (error instanceof ExpressionError) throw new AppError(422, 'badExpression', { reason: { code: 'inExpression', params: { source, reason: error.reason } } })
    throw error
  }
}

export const titleOf = (table: Table, record: WireRecord) => String(record[table.entity.definition.titleField] ?? '')
