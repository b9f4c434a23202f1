/** Definitions made at random: a tree of entities whose fields compute, add up and add up what was added up. */
import fc from 'fast-check'
import { compileCatalog } from '../../runtime/engine'
import type { Definition, Entity, Field, Filter } from '../../schemas/generated/types'
import { systemDefinitions } from '../../schemas/system'
import { entity, field, label } from './catalog'

/** An endless row of random numbers, so that a model shrinks with what it is made of. */
export type Pick = (below: number) => number
const one = <T>(pick: Pick, of: readonly T[]): T => of[pick(of.length)]!

const states = ['open', 'paid', 'void']
const numeric = ['integer', 'decimal', 'money'] as const

export interface Model { documents: Entity[]; /** The entity's parent, by place; none for the first. */ parents: (number | undefined)[] }

/** Two to four entities, each below one made before it, with three to ten derived fields in all that may be published together. */
export const models: fc.Arbitrary<Model> = fc.tuple(fc.integer({ min: 2, max: 4 }), fc.integer({ min: 3, max: 10 }), fc.infiniteStream(fc.nat())).map(([size, derived, numbers]) => {
  const pick: Pick = (below) => (numbers.next().value as number) % below
  const parents = Array.from({ length: size }, (_, i) => (i === 0 ? undefined : pick(i)))
  let entities = parents.map((parent, i) => base(i, parent))
  for (let tries = 0, made = 0; made < derived && tries < 60; tries++) {
    const next = withDerived(entities, parents, pick, `derived${tries}`)
    if (next && isSound(next)) { entities = next; made++ }
  }
  return { documents: entities, parents }
})

/** One more derived field somewhere; undefined where there is nothing to derive from. */
export function withDerived(entities: Entity[], parents: (number | undefined)[], pick: Pick, name: string): Entity[] | undefined {
  const at = pick(entities.length)
  const made = pick(3) === 0 ? formula(entities, parents[at], at, pick, name) : rollup(entities, parents, at, pick, name)
  return made && entities.map((e, i) => (i === at ? { ...e, fields: [...e.fields, made] } : e))
}

export const isSound = (documents: Definition[]) => compileCatalog([...systemDefinitions, ...documents]).problems.length === 0

const base = (i: number, parent: number | undefined) => entity(`e${i}`, [
  field('text', 'name'), ...(parent === undefined ? [] : [field('reference', 'parent', { entity: `e${parent}` })]),
  field('integer', 'count'), field('decimal', 'size', { scale: 3 }), field('money', 'amount'), field('enum', 'state', { options: states.map((value) => ({ value, label })), default: 'open' }),
], i % 2 === 1 ? {} : { validations: [{ id: 'notTooMuch', rule: 'count <= 90', message: label }] })

const isNumber = (f: Field) => (numeric as readonly string[]).includes('result' in f ? (f.result as { type: string }).type : f.type) || f.type === 'rollup'
/** Derived fields come up more often: errors hide where one follows the other. */
const numbersOf = (e: Entity) => e.fields.filter(isNumber).flatMap(({ name }) => (/derived/i.test(name) ? [name, name, name] : [name]))

function formula(entities: Entity[], parent: number | undefined, at: number, pick: Pick, name: string): Field {
  const own = numbersOf(entities[at]!)
  const other = parent === undefined || pick(2) === 0 ? one(pick, own) : `parent.${one(pick, numbersOf(entities[parent]!))}`
  const source = one(pick, [`${one(pick, own)} + ${other}`, `${one(pick, own)} - ${other} * 2`, `state == 'paid' ? ${other} : 0`, `${other} / 3`])
  return field('formula', name, { formula: source, result: { type: one(pick, ['decimal', 'money'] as const), scale: 2 } })
}

function rollup(entities: Entity[], parents: (number | undefined)[], at: number, pick: Pick, name: string): Field | undefined {
  const children = entities.filter((_, i) => parents[i] === at)
  if (children.length === 0) return undefined
  const child = one(pick, children)
  const op = one(pick, ['sum', 'count', 'min', 'max', 'avg'] as const)
  const counted = one(pick, numbersOf(child))
  const filter: Filter | undefined = one(pick, [undefined, { field: 'state', op: 'eq', value: one(pick, states) }, { field: counted, op: 'gt', value: '0' }] as (Filter | undefined)[])
  return field('rollup', name, { rollup: { entity: child.name, via: 'parent', op, ...(op !== 'count' && { field: counted }), ...(filter && { filter }) } })
}

export type Operation =
  | { do: 'create'; entity: number; parent: number; count: number; amount: number; state: string }
  | { do: 'change'; which: number; count?: number; amount?: number; state?: string }
  | { do: 'move'; which: number; parent: number }
  | { do: 'bin' | 'restore'; which: number }
  | { do: 'merge' | 'unmerge'; which: number; other: number }
  | { do: 'publish'; seed: number }

const values = { count: fc.integer({ min: -5, max: 100 }), amount: fc.integer({ min: -1000, max: 100_000 }), state: fc.constantFrom(...states) }
const which = fc.nat({ max: 40 })

export const operations: fc.Arbitrary<Operation[]> = fc.array(fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constant('create' as const), entity: fc.nat({ max: 9 }), parent: which, ...values }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('change' as const), which, ...values }, { requiredKeys: ['do', 'which'] }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('move' as const), which, parent: which }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('bin' as const, 'restore' as const), which }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('merge' as const, 'unmerge' as const), which, other: which }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('publish' as const), seed: fc.nat() }) },
), { minLength: 10, maxLength: 40 })
