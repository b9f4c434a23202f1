/** Rules of uniqueness to which records were not held before: new ones, those that only warned, those that look at something else. */
import type { Catalog } from '../model'
import { comparedIn, uniqueKeysOf, type Compared, type UniqueKey } from '../unique-rules'

export interface NewRule {
  /** Among the rules of its entity. */
  index: number
  key: UniqueKey
  /** Whether records of its own kind were not compared so before. */
  within: boolean
  /** The other kinds of records that are compared with for the first time, or otherwise than before. */
  others: Compared[]
}

/** Of one entity; also where only what it is compared with has changed. A rule that has come to warn only asks for nothing. */
export function newRules(before: Catalog, after: Catalog, name: string): NewRule[] {
  const [known, entity] = [before.entities.get(name), after.entities.get(name)!]
  return uniqueKeysOf(entity).flatMap((key, index) => {
    const former = (known ? uniqueKeysOf(known) : []).filter((k) => k.column === key.column && (k.rule.mode !== 'warn' || key.rule.mode === 'warn'))
    const held = new Set(former.flatMap((k) => comparedIn(before, k)).map(placeOf))
    const others = comparedIn(after, key).filter((one) => !held.has(placeOf(one)))
    const sound = [{ key }, ...others].every(({ key: { fields, rule } }) => fields.length === rule.fields.length)
    return sound && (former.length === 0 || others.length > 0) ? [{ index, key, within: former.length === 0, others }] : []
  })
}

const placeOf = ({ entity, key }: Compared) => `${entity.name} ${key.column}`
