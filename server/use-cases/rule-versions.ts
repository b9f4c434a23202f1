/**
 * No rule reaches back: a version of a rule table that has come into force, or that a record carries, stays as it was published. What is
 * wrong is put right by a further version, which is marked when it begins before the day it is published.
 */
import { canonicalJson } from './definitions'
import type { Problem } from '../../schemas/errors'
import type { ApplyRuleEffect, Definition, RuleTable, RuleVersion } from '../../schemas/generated/types'
import { countWhere } from './change-rules'
import type { Context } from './context'

export async function ruleTableProblems(ctx: Context, before: RuleTable, after: RuleTable): Promise<Problem[]> {
  const today = ctx.clock.today()
  const changed = before.versions.filter((v) => !staysTheSame(v, after.versions.find(({ id }) => id === v.id), today) || columnsChanged(before, after))
  const frozen: Problem[] = []
  for (const version of changed) {
    const count = await carriers(ctx, before.name, version.id)
    if (version.validFrom <= today || count > 0) frozen.push({ path: placeOf(after, version.id), code: 'ruleVersionInUse', params: { name: version.id, count } })
  }
  const late = after.versions.filter((v) => !v.backdated && v.validFrom < today && !before.versions.some(({ id }) => id === v.id))
  return [...frozen, ...late.map((v): Problem => ({ path: `${placeOf(after, v.id)}/validFrom`, code: 'ruleBackdated', params: { name: v.id } }))]
}

function placeOf({ versions }: RuleTable, id: string): string {
  const at = versions.findIndex((v) => v.id === id)
  return at < 0 ? '/versions' : `/versions/${at}`
}

/** The end may still be set while neither the former nor the new one has passed; a note is no rule. */
function staysTheSame(was: RuleVersion, is: RuleVersion | undefined, today: string): boolean {
  if (!is) return false
  const content = ({ validTo: _to, note: _note, ...rest }: RuleVersion) => canonicalJson(rest)
  const ends = [was.validTo, is.validTo]
  return content(was) === content(is) && (ends[0] === ends[1] || ends.every((end) => end === undefined || end >= today))
}

/** Names, types and the way lines answer are part of what every version says; labels are not, and a further column takes nothing away. */
function columnsChanged(before: RuleTable, after: RuleTable): boolean {
  const lost = (['inputs', 'outputs'] as const).some((member) => before[member].some(({ name, type }) => !after[member].some((c) => c.name === name && c.type === type)))
  return lost || (before.hit ?? 'first') !== (after.hit ?? 'first')
}

/** How many records carry a version, wherever an effect stamps it. */
async function carriers(ctx: Context, table: string, version: string): Promise<number> {
  const counts = await Promise.all(stampsOf(ctx, table).map(({ entity, field }) => countWhere(ctx, entity, { path: [field], op: 'eq', value: version })))
  return counts.reduce((sum, n) => sum + n, 0)
}

function stampsOf(ctx: Context, table: string): { entity: string; field: string }[] {
  const stamps = ctx.model.catalog.documents.flatMap((d) => ruleUses(d).filter((use) => use.table === table).map((use) => ({ entity: (d as Definition & { entity: string }).entity, field: use.versionField })))
  return [...new Map(stamps.map((s) => [`${s.entity}.${s.field}`, s])).values()]
}

/** Every effect of the kind, wherever a document keeps its effects. */
function ruleUses(node: unknown): ApplyRuleEffect[] {
  if (node === null || typeof node !== 'object') return []
  if ((node as { kind?: unknown }).kind === ('applyRule' satisfies ApplyRuleEffect['kind'])) return [node as ApplyRuleEffect]
  return Object.values(node).flatMap(ruleUses)
}
