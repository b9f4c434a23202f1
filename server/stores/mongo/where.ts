/**
 * Conditions as stages of a pipeline. What the documents' own columns decide stands first, where an index can answer it. Each
 * reference on a path then becomes one $lookup, shared by all conditions that walk through it; what a referenced document must
 * meet to be seen stands inside the lookup, so an invisible one reads as null.
 */
import type { Column, Query, Where } from '../../ports/store'
import { columnOf } from '../shared/plans'
import { badQuery } from '../shared/refusals'
import { all, any, not, passing, type Match, type Stage } from './match'
import { operators, type Target } from './operators'
import { fieldOf, planOf, type Plan } from './plan'

/** One step on a path: a collection, and the field of the document at hand that holds its document; none for that document itself. */
interface Step { plan: Plan; field?: string }

const maxReferences = 3
/** The same in every store. */
const maxLookups = 50
const maxNesting = 20
const maxConditions = 500

export interface Filter {
  /** On the documents' own columns. */
  own: Match
  /** The rest, through references; nothing of them stays in the documents. */
  through: Stage[]
}

export class Source {
  private readonly lookups = new Map<string, Required<Step> & { stages: Stage[] }>()
  /** Whether the condition that is being compiled walks through a reference. */
  private walks = false

  constructor(
    private readonly plan: Plan,
    private readonly visible: Query['visible'] = {},
    /** Collections whose visibility is being decided; they are not asked again. */
    private readonly deciding: string[] = [],
    /** Counted over everything that one question needs. */
    private readonly used = { conditions: 0, lookups: 0 },
  ) {}

  /** Where the value at the end of a path lies once the stages of a filter with `paths` are through. */
  cell(path: string[]): Target {
    return this.resolve(path)
  }

  /** `paths`: what else is read of the documents; what it walks to stays in them. */
  filter(where: Where | undefined, paths: string[][] = []): Filter {
    const own: Match[] = []
    const walking: Match[] = []
    for (const { part, depth } of where ? this.conjuncts(where, 0) : []) {
      this.walks = false
      const condition = this.condition(part, depth);
      (this.walks ? walking : own).push(condition)
    }
    for (const path of paths) this.resolve(path)
    const lookups = [...this.lookups.values()]
    if (lookups.length === 0) return { own: all(own), through: [] }
    return { own: all(own), through: [...lookups.flatMap((l) => l.stages), ...passing(all(walking)), ...(paths.length > 0 ? [] : [{ $unset: lookups.map((l) => l.field) }])] }
  }

  /** The parts that must all hold, out of nested ands. */
  private conjuncts(where: Where, depth: number): { part: Where; depth: number }[] {
    if (!('and' in where)) return [{ part: where, depth }]
    this.enter(depth)
    return where.and.flatMap((part) => this.conjuncts(part, depth + 1))
  }

  private condition(where: Where, depth: number): Match {
    this.enter(depth)
    const part = (w: Where) => this.condition(w, depth + 1)
    if ('and' in where) return all(where.and.map(part))
    if ('or' in where) return any(where.or.map(part))
    if ('not' in where) return not(part(where.not))
    if ('some' in where) return this.some(where, depth)
    const operator = Object.hasOwn(operators, where.op) ? operators[where.op] : undefined
    if (!operator || !Array.isArray(where.path)) throw badQuery(`There is no operator “${where.op}”.`)
    const rows = where.path.length === 2 ? this.rowsOn(where.path[0]!, where.path[1]!) : undefined
    return rows ? { [rows.field]: { $elemMatch: operator(rows.target, where.value) } } : operator(this.resolve(where.path), where.value)
  }

  /** Some row, or some document that refers to this one: that is looked up, and what is found thrown away. */
  private some({ some, where }: Extract<Where, { some: unknown }>, depth: number): Match {
    const relation = this.plan.collection.relations?.[some]
    if (relation) return this.someRelated(planOf(relation.collection()), relation.column, where, depth)
    const rows = columnOf(this.plan, some)
    if (rows.kind !== 'rows') throw badQuery(`“${some}” of ${this.plan.collection.name} has no rows.`)
    return { [fieldOf(rows)]: { $elemMatch: this.onRow(rows, where, depth + 1) } }
  }

  /** A condition on one row, whose fields are named from the row. */
  private onRow(rows: Column, where: Where, depth: number): Match {
    const row = planOf({ name: `${this.plan.collection.name}.${rows.name}`, columns: rows.rows ?? [], indexes: [] })
    return new Source(row, {}, [], this.used).condition(where, depth)
  }

  private someRelated(plan: Plan, column: string, where: Where, depth: number): Match {
    if (++this.used.lookups > maxLookups) throw badQuery('The condition walks through too many references.')
    this.walks = true
    const field = `_r${this.lookups.size}`
    const match = new Source(plan, {}, [], this.used).condition(where, depth + 1)
    const lookup = { $lookup: { from: plan.collection.name, localField: '_id', foreignField: fieldOf(columnOf(plan, column)), as: field, pipeline: [...passing(match), { $limit: 1 }] } } as Stage
    this.lookups.set(`some ${field}`, { plan, field, stages: [lookup] })
    return { [`${field}.0`]: { $exists: true } }
  }

  private enter(depth: number): void {
    if (depth > maxNesting || ++this.used.conditions > maxConditions) throw badQuery('The condition is too large.')
  }

  /** A path into a sub-table asks for some row. */
  private rowsOn(named: string, cell: string): { field: string; target: Target } | undefined {
    const parent = columnOf(this.plan, named)
    if (parent.kind !== 'rows') return undefined
    const column = parent.rows?.find((c) => c.name === cell)
    if (!column) throw badQuery(`The rows of “${named}” have no column “${cell}”.`)
    return { field: fieldOf(parent), target: { column, field: fieldOf(column) } }
  }

  private resolve(path: string[]): Target {
    if (path.length === 0 || path.length > maxReferences + 1) throw badQuery(`The path “${path.join('.')}” is too long.`)
    let step: Step = { plan: this.plan }
    for (let i = 1; i < path.length; i++) step = this.stepTo(path.slice(0, i), step)
    const column = columnOf(step.plan, path.at(-1)!)
    return { column, field: within(step, column) }
  }

  private stepTo(prefix: string[], from: Step): Step {
    this.walks = true
    const key = prefix.join('.')
    const step = this.lookups.get(key) ?? this.lookup(from, prefix.at(-1)!)
    this.lookups.set(key, step)
    return step
  }

  /** After it the referenced document, if there is one that may be seen, lies in a field whose name no column has. */
  private lookup(from: Step, reference: string): Required<Step> & { stages: Stage[] } {
    if (++this.used.lookups > maxLookups) throw badQuery('The condition walks through too many references.')
    const column = columnOf(from.plan, reference)
    if (!column.references || column.kind !== 'text') throw badQuery(`Column “${reference}” of ${from.plan.collection.name} is no reference.`)
    const plan = planOf(column.references())
    const field = `_r${this.lookups.size}`
    const pipeline = this.seen(plan)
    return {
      plan, field,
      stages: [
        { $lookup: { from: plan.collection.name, localField: within(from, column), foreignField: '_id', as: field, ...(pipeline.length > 0 && { pipeline }) } },
        { $unwind: { path: `$${field}`, preserveNullAndEmptyArrays: true } },
      ],
    }
  }

  /** Lets documents of a collection pass that may be seen. Their own references are seen under the same conditions. */
  private seen(plan: Plan): Stage[] {
    const { name } = plan.collection
    const condition = this.deciding.includes(name) ? undefined : this.visible?.[name]
    if (!condition) return []
    const { own, through } = new Source(plan, this.visible, [...this.deciding, name], this.used).filter(condition)
    return [...passing(own), ...through]
  }
}

const within = ({ field }: Step, column: Column) => (field === undefined ? fieldOf(column) : `${field}.${fieldOf(column)}`)
