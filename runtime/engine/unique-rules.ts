/** Rules of uniqueness as keys: records with the same key are duplicates of each other. */
import { filterFields, resolveFilter, type FilterContext } from '../../schemas/filters'
import type { Entity, Filter, UniqueAgainst, UniqueRule } from '../../schemas/generated/types'
import { likenesses } from '../../schemas/likeness'
import { columnOf } from './changes/identity'
import { fingerprint } from './fingerprint'
import { fieldOf, type Catalog, type CompiledEntity, type CompiledField, type WireRecord } from './model'
import { flatTarget, recordMatcher } from './row-filter'

export interface UniqueKey {
  rule: UniqueRule
  /** Name of the key's column; from what the rule says, so that a rule that is changed begins anew. */
  column: string
  fields: CompiledField[]
  /** Fields whose change can change the key. */
  reads: Set<string>
  /** Null: this record is compared with none. */
  of(record: WireRecord): string | null
}

/** The keys of an entity's own rules. */
export const uniqueKeysOf = remembered((entity) => (entity.definition.unique ?? []).map((rule) => keyOf(entity, rule)))

/** All keys that records are kept with: of the entity's own rules, and those by which records of other kinds are compared with them. */
export const storedKeysOf = remembered((entity) => {
  const own = uniqueKeysOf(entity)
  const others = new Map(entity.comparedBy.map((rule) => keyOf(entity, rule)).map((key) => [key.column, key]))
  return [...own, ...[...others.values()].filter(({ column }) => !own.some((key) => key.column === column))]
})

/** Another kind of record that a rule is also held against, and the key by which it is found there. */
export interface Compared { entity: CompiledEntity; key: UniqueKey }

export const comparedIn = ({ entities }: Catalog, { rule }: UniqueKey): Compared[] =>
  (rule.against ?? []).flatMap((against) => { const entity = entities.get(against.entity); return entity ? [{ entity, key: keyOf(entity, ruleAgainst(rule, against)) }] : [] })

/** Entities whose records those of an entity are compared with; they are kept with a key for it. */
export const comparedWith = ({ unique = [] }: Entity) => unique.flatMap(({ against = [] }) => against.map(({ entity }) => entity))

/** A rule as it looks from the other side: it refuses nothing there. */
export const ruleAgainst = ({ normalise }: UniqueRule, { fields, when }: UniqueAgainst): UniqueRule => ({ fields, mode: 'warn', ...(when && { when }), ...(normalise && { normalise }) })

function remembered(make: (entity: CompiledEntity) => UniqueKey[]): (entity: CompiledEntity) => UniqueKey[] {
  const memo = new WeakMap<CompiledEntity, UniqueKey[]>()
  return (entity) => {
    let keys = memo.get(entity)
    if (!keys) memo.set(entity, (keys = make(entity)))
    return keys
  }
}

const nobody: FilterContext = { me: null, departments: [], today: '2000-01-01' }
const conditionFields = (entity: CompiledEntity) => [...entity.fields.values()].filter((f) => !f.volatile)

function keyOf(entity: CompiledEntity, rule: UniqueRule): UniqueKey {
  const fields = rule.fields.map((name) => fieldOf(entity, name)).filter((f) => f !== undefined)
  const applies = rule.when && recordMatcher(resolveFilter(rule.when, flatTarget(conditionFields(entity)), nobody).where, conditionFields(entity))
  const like = rule.normalise ? likenesses[rule.normalise] : (text: string) => text
  const part = (field: CompiledField, record: WireRecord) => like(String(field.effectiveType.toStored(record[field.name] ?? null, field.effective) ?? ''))
  const asked = rule.when ? filterFields(rule.when).map((path) => fieldOf(entity, path.split('.')[0]!)).filter((f) => f !== undefined) : []
  // A field that is kept in another form gives another key.
  const moved = asked.flatMap((f) => f.definition.column ?? [])
  return {
    rule,
    column: `unique$${fingerprint(JSON.stringify([rule.when, rule.normalise, fields.map((f) => columnOf(f.definition)), ...(moved.length > 0 ? [moved] : [])]))}`,
    fields,
    reads: new Set([...fields.map((f) => f.name), ...(rule.when ? filterFields(rule.when).map((path) => fieldOf(entity, path.split('.')[0]!)?.name ?? path) : []), 'deletedAt']),
    of: (record) => {
      if ((record.deletedAt ?? null) !== null || (applies && !applies(record))) return null
      const parts = fields.map((field) => part(field, record))
      return parts.includes('') ? null : parts.join('\u001f')
    },
  }
}

/** Whether a condition holds for the same records whoever asks and whenever. */
export function isSteady(filter: Filter, entity: CompiledEntity): boolean {
  const where = (context: FilterContext) => JSON.stringify(resolveFilter(filter, flatTarget(conditionFields(entity)), context).where)
  return where(nobody) === where({ me: 'somebody', departments: ['somewhere'], today: '2001-01-01' })
}
