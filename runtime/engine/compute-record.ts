/** Computes a record's derived values; the same in the server and in the form while typing. */
import { evaluate, ExpressionError, Exact, type ExpressionValue, type Scope } from '../../schemas/expressions'
import type { FormulaField, RollupField } from '../../schemas/generated/types'
import type { Problem } from '../../schemas/errors'
import type { Catalog, CompiledEntity, CompiledField, ComputeStep, RuleContext, WireRecord } from './model'
import { rowMatcher } from './row-filter'
import { rowVariables, scopeOf, toExpression } from './scope'

export interface Computed { record: WireRecord; problems: Problem[] }

/**
 * The record with its row formulas, roll-ups over lines and formulas. Roll-ups over other records are taken as they stand.
 * A value that cannot be computed becomes null and is reported.
 */
export function computeRecord(entity: CompiledEntity, record: WireRecord, context: RuleContext, catalog?: Catalog): Computed {
  if (entity.steps.length === 0) return { record, problems: [] }
  return compute(entity.steps, { ...record }, scopeOf(entity, record, context, catalog), context)
}

/** Only the values that are not stored: what a record looks like today. */
export function computeVolatile(entity: CompiledEntity, record: WireRecord, context: RuleContext): WireRecord {
  const steps = volatileSteps(entity)
  return steps.length === 0 ? record : compute(steps, record, scopeOf(entity, record, context), context).record
}

const volatileMemo = new WeakMap<CompiledEntity, ComputeStep[]>()
function volatileSteps(entity: CompiledEntity): ComputeStep[] {
  let steps = volatileMemo.get(entity)
  if (!steps) volatileMemo.set(entity, (steps = entity.steps.filter((s) => s.field.volatile)))
  return steps
}

function compute(steps: ComputeStep[], record: WireRecord, scope: Scope, context: RuleContext): Computed {
  const problems: Problem[] = []
  for (const step of steps) {
    const { field, rowFormulas } = step
    const attempt = (path: string, label: CompiledField, run: () => unknown) => guarded(path, label, problems, run)
    record[field.name] = rowFormulas
      ? computeRows(record, field, rowFormulas, scope, attempt)
      : attempt(`/${field.name}`, field, () => computeValue(record, step, scope, context))
    scope.variables[field.name] = toExpression(field, record[field.name])
  }
  return { record, problems }
}

type Attempt = (path: string, field: CompiledField, run: () => unknown) => unknown

function guarded(path: string, field: CompiledField, problems: Problem[], run: () => unknown): unknown {
  try {
    const value = run()
    const wrong = value === null ? undefined : field.effectiveType.check?.(value, field.effective)
    if (wrong) { problems.push({ path, code: wrong.code, params: { label: field.definition.label, ...wrong.params } }); return null }
    return value
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error
    problems.push({ path, code: 'cannotCompute', params: { label: field.definition.label, reason: error.reason } })
    return null
  }
}

type Row = { [column: string]: unknown }

function computeRows(record: WireRecord, field: CompiledField, formulas: CompiledField[], scope: Scope, attempt: Attempt): Row[] {
  return ((record[field.name] as Row[] | null) ?? []).map((row, i) => {
    const computed: Row = { ...row }
    const variables = rowVariables(field.rows!, row, scope.variables)
    for (const formula of formulas) {
      computed[formula.name] = attempt(`/${field.name}/${i}/${formula.name}`, formula, () => evaluateInto(formula, (formula.definition as FormulaField).formula, { ...scope, variables }))
      variables[formula.name] = toExpression(formula, computed[formula.name])
    }
    return computed
  })
}

function computeValue(record: WireRecord, { field, over }: ComputeStep, scope: Scope, context: RuleContext): unknown {
  if (!over) return evaluateInto(field, (field.definition as FormulaField).formula, scope)
  return field.effectiveType.fromExpression(rollUpRows(record, field.definition as RollupField, over, scope, context), field.effective)
}

function evaluateInto(field: CompiledField, source: string, scope: Scope): unknown {
  return field.effectiveType.fromExpression(evaluate(source, scope), field.effective)
}

function rollUpRows(record: WireRecord, { rollup }: RollupField, over: CompiledField, scope: Scope, context: RuleContext): ExpressionValue {
  const rows = (record[over.name] as Row[] | null) ?? []
  const values = scope.variables[over.name] as { [column: string]: ExpressionValue }[]
  const keep = rollup.filter && rowMatcher(rollup.filter, over.rows!, context)
  const kept = keep ? values.filter((_, i) => keep(rows[i]!)) : values
  if (rollup.op === 'count') return new Exact(kept.length)
  return evaluate(`${rollup.op}(rows)`, { variables: { rows: kept.map((row) => row[rollup.field!] ?? null) } })
}
