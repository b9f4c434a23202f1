/**
 * Conditions as SQL. Each reference on a path becomes one LEFT JOIN, shared by all conditions that walk through it; what a
 * referenced document must meet to be seen stands in the ON clause, so an invisible one reads as null.
 */
import type { Column, PrimitiveOp, Query, Where } from '../../ports/store'
import { columnOf } from '../shared/plans'
import { badQuery } from '../shared/refusals'
import { operators, type Target } from './operators'
import { childTable, planOf, type Plan } from './plan'
import type { Searched } from './search'
import { join, name, raw, sql, type Sql } from './sql'

/** Finds what a path ends at. */
type Resolve = (path: string[], op: PrimitiveOp) => Target
/** One step on a path: a collection and the alias of its row at hand. */
interface Step { plan: Plan; alias: string }
/** Where a condition stands: the documents it is about, and how their paths are followed. */
interface Place extends Step { resolve: Resolve }

/** Own columns whose comparisons must not choose the index, see order.ts. `alternative`: the comparison stands within an OR. */
export type OffIndex = (column: string, op: PrimitiveOp, alternative: boolean) => boolean

const maxReferences = 3
/** SQLite joins at most 64 tables, parses about 100 levels of brackets and builds expressions up to 1,000 deep. */
const maxJoins = 50
const maxNesting = 20
const maxConditions = 500

export class Source {
  private readonly joins = new Map<string, Step & { clause: Sql }>()
  private conditions = 0
  private aliases = 0
  /** How many ORs the condition at hand stands in. */
  private alternatives = 0

  constructor(readonly plan: Plan, private readonly visible: Query['visible'] = {}, private readonly offIndex?: OffIndex, private readonly searched?: Searched) {}

  get joined(): boolean { return this.joins.size > 0 }

  /** `FROM … LEFT JOIN …`; complete once every condition has been compiled. */
  from(): Sql {
    return join([raw(`FROM ${this.plan.table} AS t`), ...[...this.joins.values()].map((j) => j.clause)], ' ')
  }

  /** The column at the end of a path and how to read it; null where a reference on the way is empty or invisible. */
  cell(path: string[]): { column: Column; value: Sql } {
    const { plan, alias } = this.stepTo(path)
    const column = columnOf(plan, path.at(-1)!)
    return { column, value: raw(`${alias}.${name(column.column)}`) }
  }

  where(where: Where | undefined): Sql {
    return where ? this.condition(where, { plan: this.plan, alias: 't', resolve: this.own }, 0) : sql`1`
  }

  private condition(where: Where, place: Place, depth: number): Sql {
    if (depth > maxNesting || ++this.conditions > maxConditions) throw badQuery('The condition is too large.')
    const found = this.searched?.get(where)
    if (found) return found
    const part = (w: Where) => this.condition(w, place, depth + 1)
    if ('and' in where) return bracketed(where.and.map(part), ' AND ', '1')
    if ('or' in where) return this.alternative(() => bracketed(where.or.map(part), ' OR ', '0'))
    // A comparison with null is unknown in SQL; here it fails, and so its opposite holds.
    if ('not' in where) return sql`((${part(where.not)}) IS NOT TRUE)`
    if ('some' in where) return this.some(where, place, depth)
    const operator = Object.hasOwn(operators, where.op) ? operators[where.op] : undefined
    if (!operator || !Array.isArray(where.path)) throw badQuery(`There is no operator “${where.op}”.`)
    const rows = where.path.length === 2 && place.plan !== none ? this.rowsOn(place, where.path[0]!, where.path[1]!) : undefined
    return rows ? sql`EXISTS (${rows.select} AND ${operator(rows.target, where.value)})` : operator(place.resolve(where.path, where.op), where.value)
  }

  private alternative(compile: () => Sql): Sql {
    this.alternatives++
    try { return compile() } finally { this.alternatives-- }
  }

  /** A path into a sub-table asks for some row. */
  private rowsOn({ plan, alias: of }: Step, field: string, named: string): { select: Sql; target: Target } | undefined {
    const parent = columnOf(plan, field)
    if (parent.kind !== 'rows') return undefined
    const column = parent.rows?.find((c) => c.name === named)
    if (!column) throw badQuery(`The rows of “${field}” have no column “${named}”.`)
    const alias = `s${++this.aliases}`
    return { select: raw(`SELECT 1 FROM ${name(childTable(plan.collection, parent))} AS ${alias} WHERE ${alias}."parent" = ${of}."id"`), target: { column, value: raw(`${alias}.${name(column.column)}`) } }
  }

  /** Some row, or some document that refers to this one. A list of ids that is worked out once, from its own index. */
  private some({ some, where }: Extract<Where, { some: unknown }>, { plan, alias: of }: Step, depth: number): Sql {
    const alias = `s${++this.aliases}`
    const { table, column, cell } = relatedTo(plan, some)
    const resolve: Resolve = (path) => {
      if (path.length !== 1) throw badQuery(`“some” asks for the columns of “${some}” only.`)
      const target = cell(path[0]!)
      return { column: target, value: raw(`${alias}.${name(target.column)}`) }
    }
    return sql`${raw(`${of}."id"`)} IN (SELECT ${raw(`${alias}.${name(column)}`)} FROM ${raw(table)} AS ${raw(alias)} WHERE ${this.condition(where, { plan: none, alias, resolve }, depth + 1)})`
  }

  /** Paths from the documents that are looked for: references are joined. */
  private readonly own: Resolve = (path, op) => {
    const target = targetOf(this.stepTo(path), path.at(-1)!)
    return path.length === 1 && this.offIndex?.(path[0]!, op, this.alternatives > 0) ? { ...target, value: sql`+${target.value}` } : target
  }

  private stepTo(path: string[]): Step {
    if (path.length === 0 || path.length > maxReferences + 1) throw badQuery(`The path “${path.join('.')}” is too long.`)
    let step: Step = { plan: this.plan, alias: 't' }
    for (let i = 1; i < path.length; i++) step = this.joinedStep(step, path.slice(0, i))
    return step
  }

  private joinedStep(from: Step, prefix: string[]): Step {
    const key = prefix.join('.')
    return this.joins.get(key) ?? this.addJoin(key, from, prefix.at(-1)!)
  }

  private addJoin(key: string, from: Step, reference: string): Step {
    if (this.joins.size >= maxJoins) throw badQuery('The condition walks through too many references.')
    const step = this.stepThrough(from, reference)
    const clause = sql`LEFT JOIN ${this.found(from, reference, step, [], 'ON')}`
    this.joins.set(key, { ...step, clause })
    return step
  }

  /** Paths inside a visibility condition: references are sub-selects, and seen under the same conditions. */
  private within(step: Step, deciding: string[]): Resolve {
    return (path, op) => {
      if (path.length <= 1) return targetOf(step, path[0] ?? '')
      const next = this.stepThrough(step, path[0]!)
      const end = this.within(next, deciding)(path.slice(1), op)
      return { ...end, value: sql`(SELECT ${end.value} FROM ${this.found(step, path[0]!, next, deciding, 'WHERE')})` }
    }
  }

  /** `table AS alias ON alias.id = …`, and visible. A collection whose visibility is being decided is not asked again. */
  private found(from: Step, reference: string, to: Step, deciding: string[], word: 'ON' | 'WHERE'): Sql {
    const held = sql`${raw(to.plan.table)} AS ${raw(to.alias)} ${raw(word)} ${raw(`${to.alias}."id"`)} = ${targetOf(from, reference).value}`
    const collection = to.plan.collection.name
    const condition = deciding.includes(collection) ? undefined : this.visible?.[collection]
    return condition ? sql`${held} AND ${this.condition(condition, { ...to, resolve: this.within(to, [...deciding, collection]) }, 0)}` : held
  }

  private stepThrough(from: Step, reference: string): Step {
    const { references, kind } = columnOf(from.plan, reference)
    if (!references || kind !== 'text') throw badQuery(`Column “${reference}” of ${from.plan.collection.name} is no reference.`)
    return { plan: planOf(references()), alias: `r${++this.aliases}` }
  }
}

function targetOf({ plan, alias }: Step, named: string): Target {
  const column = columnOf(plan, named)
  if (column.kind !== 'rows') return { column, value: raw(`${alias}.${name(column.column)}`) }
  return { column, value: raw(`${alias}."id"`), childTable: name(childTable(plan.collection, column)) }
}

/** Nothing can be walked from a row: it has columns only. */
const none = planOf({ name: 'rows', columns: [], indexes: [] })

/** The table of a sub-table or a relation, and the column in it that holds the document's id. */
function relatedTo(plan: Plan, named: string): { table: string; column: string; cell: (column: string) => Column } {
  const relation = plan.collection.relations?.[named]
  if (relation) { const to = planOf(relation.collection()); return { table: to.table, column: columnOf(to, relation.column).column, cell: (c) => columnOf(to, c) } }
  const rows = columnOf(plan, named)
  const cell = (c: string) => { const found = rows.rows?.find((x) => x.name === c); if (!found) throw badQuery(`The rows of “${named}” have no column “${c}”.`); return found }
  if (rows.kind !== 'rows') throw badQuery(`“${named}” of ${plan.collection.name} has no rows.`)
  return { table: name(childTable(plan.collection, rows)), column: 'parent', cell }
}

const bracketed = (parts: Sql[], separator: string, none: string): Sql =>
  parts.length === 0 ? raw(none) : parts.length === 1 ? parts[0]! : sql`(${join(parts, separator)})`
