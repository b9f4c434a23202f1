import { answerOf, ruleVersion, versionAt } from '../../runtime/engine'
import { AppError } from '../../schemas/errors'
import { changeRecord } from '../records/write'
import { calculate, scopeFor, valuesFor } from './evaluate'
import type { EffectKind } from './index'

/** A record that carries a version stays with it; else the version of the day is stamped on it. */
export const applyRule: EffectKind<'applyRule'> = async ({ table: name, asOf, inputs, versionField, values }, run) => {
  const table = run.ctx.model.catalog.ruleTables.get(name)!
  const scope = await scopeFor(run, [asOf, ...Object.values(inputs), ...Object.values(values)])
  const stamped = run.record[versionField]
  const day = calculate(asOf, scope) as string | null
  const version = stamped ? ruleVersion(table, stamped) : day === null ? undefined : versionAt(table, day)
  if (!version) throw new AppError(422, 'noRuleVersion', { table: table.label, which: (stamped as string | null) ?? day ?? '–' })
  const answer = answerOf(table, version, Object.fromEntries(Object.entries(inputs).map(([input, source]) => [input, calculate(source, scope)])))
  const rule = answer?.outputs ?? Object.fromEntries(table.outputs.map((output) => [output.name, table.hit === 'collect' ? [] : null]))
  const taken = valuesFor(run.table, values, { ...scope, variables: Object.assign(Object.create(scope.variables) as typeof scope.variables, { rule }) })
  run.record = await changeRecord(run.ctx, run.table, run.record, { ...taken, [versionField]: version.id }, { byPerson: false })
}
