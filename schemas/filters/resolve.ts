/** Checks a filter against the fields it names and turns it into stored terms. All problems come back at once. */
import type { Field, Filter, Label } from '../generated/types'
import { fieldTypeOf, isValueLike } from '../field-types'
import type { FilterOp } from '../field-types/field-type'
import type { Scalar, Where } from './where'

/** What a filter may speak of: the fields of an entity as this user may see them. */
export interface FilterTarget {
  /** The field whose type the value has, or undefined when there is none (or none that may be seen). */
  field(name: string): Field | undefined
  /** What a field is called now that may be spoken of by a former name; the name itself unless given. */
  present?(name: string): string
  /** The target a reference leads to. */
  walk(entity: string): FilterTarget | undefined
}

export interface FilterContext {
  me: string | null
  /** The user's department and those below it. */
  departments: string[]
  /** YYYY-MM-DD */
  today: string
}

const maxDepth = 12
const maxConditions = 200
/** Conditions and what joins them. */
const maxParts = 2 * maxConditions
const maxListed = 1000

export function resolveFilter(filter: Filter, target: FilterTarget, context: FilterContext): { where: Where; problems: Label[] } {
  const resolver = new Resolver(target, context)
  return { where: resolver.visit(filter, 0), problems: resolver.problems }
}

type Comparison = Extract<Filter, { op: unknown }>
const none: Where = { or: [] }

class Resolver {
  readonly problems: Label[] = []
  private conditions = 0
  private parts = 0
  private full = false
  constructor(private readonly target: FilterTarget, private readonly context: FilterContext) {}

  visit(filter: Filter, depth: number): Where {
    if (this.full) return none
    if (depth > maxDepth) return this.fail('it is nested too deeply', '嵌套过深')
    if (++this.parts > maxParts) return this.tooLarge()
    if (filter === null || typeof filter !== 'object') return this.fail('a condition is expected', '此处应为条件')
    if ('and' in filter) return { and: this.list(filter.and, depth) }
    if ('or' in filter) return { or: this.list(filter.or, depth) }
    if ('not' in filter) return { not: this.visit(filter.not, depth + 1) }
    return this.compare(filter)
  }

  /** Said once; what follows is not looked at any more. */
  private tooLarge(): Where {
    this.full = true
    return this.fail(`more than ${maxConditions} conditions`, `条件超过${maxConditions}个`)
  }

  private fail(en: string, zh: string): Where { this.problems.push({ en, zh }); return none }

  private list(filters: unknown, depth: number): Where[] {
    if (!Array.isArray(filters)) { this.fail('“and” and “or” take a list', 'and 与 or 须为列表'); return [] }
    return filters.slice(0, maxParts + 1).map((f) => this.visit(f as Filter, depth + 1))
  }

  private compare(filter: Comparison): Where {
    if (++this.conditions > maxConditions) return this.tooLarge()
    if (typeof filter.field !== 'string' || typeof filter.op !== 'string') return this.fail('a condition needs “field” and “op”', '条件须有 field 与 op')
    const path = filter.field.split('.')
    const field = this.find(path)
    this.usePresentNames(path)
    if (!field) return this.fail(`there is no field “${filter.field}”`, `没有字段“${filter.field}”`)
    const type = fieldTypeOf(field)
    if (!type.operators.includes(filter.op as FilterOp)) return this.fail(`“${filter.op}” does not work on “${filter.field}”`, `“${filter.field}”不支持“${filter.op}”`)
    return resolvers[filter.op]({ path, field, value: filter.value, context: this.context, fail: (en, zh) => this.fail(en, zh) })
  }

  private usePresentNames(path: string[]) {
    let target: FilterTarget | undefined = this.target
    for (const [i, name] of path.entries()) {
      const field: Field | undefined = target?.field(name)
      path[i] = target?.present?.(name) ?? name
      const column = i === 0 && path.length === 2 ? columnNamed(rowsOf(field), path[1]!) : undefined
      if (column) { path[1] = column.name; return }
      target = field && target?.walk(fieldTypeOf(field).refersTo?.(field) ?? '')
    }
  }

  /** The field a path ends at: through references, or into a sub-table (some row is meant). */
  private find(path: string[]): Field | undefined {
    let target: FilterTarget | undefined = this.target
    if (path.length > 4) return undefined
    const rows = path.length === 2 ? rowsOf(target.field(path[0]!)) : undefined
    if (rows) { const column = columnNamed(rows, path[1]!); return column && effective(column) }
    for (const name of path.slice(0, -1)) {
      const field: Field | undefined = target?.field(name)
      const entity: string | undefined = field && fieldTypeOf(field).refersTo?.(field)
      target = entity !== undefined && fieldTypeOf(field!).storage === 'text' ? target?.walk(entity) : undefined
    }
    return target?.field(path.at(-1)!)
  }
}

const rowsOf = (field: Field | undefined) => field && fieldTypeOf(field).rows?.(field)
/** A former name counts. */
const columnNamed = (rows: Field[] | undefined, name: string) => rows?.find((c) => c.name === name) ?? rows?.find((c) => c.aliases?.includes(name))
const effective = (field: Field) => fieldTypeOf(field).effective?.(field) ?? field

interface Case { path: string[]; field: Field; value: unknown; context: FilterContext; fail: (en: string, zh: string) => Where }

/** The stored form of a single value to compare with, or undefined after reporting that it does not fit. */
function operand({ field, fail, path }: Case, value: unknown): Scalar | undefined {
  const stored = storedOperand(field, value)
  if (stored === undefined) fail(`the value for “${path.join('.')}” does not fit`, `“${path.join('.')}”的比较值不合适`)
  return stored
}

/** The stored form of a value that values of a field are compared with; undefined when it does not fit. */
export function storedOperand(field: Field, value: unknown): Scalar | undefined {
  const type = fieldTypeOf(field)
  const normal = isValueLike(value, field) && !tooLong(value, field) ? (type.normalise?.(value, field) ?? value) : null
  if (normal === null || rangeAside(type.check?.(normal, field)?.code)) return undefined
  const stored = type.toStored(normal, field) as Scalar
  return typeof stored !== 'number' || Number.isSafeInteger(stored) ? stored : undefined
}

/** Longer than any value: not even read. */
const tooLong = (value: unknown, field: Field) => typeof value === 'string' && value.length > ((fieldTypeOf(field).valueSchema(field).maxLength as number | undefined) ?? Infinity)

/** The range of a field (min, max) and what is no longer offered do not limit what one may compare with. */
const rangeAside = (code: string | undefined) => code !== undefined && !['tooSmall', 'tooLarge', 'optionDisabled'].includes(code)

const single = (op: 'eq' | 'ne' | 'lt' | 'lte' | 'gt' | 'gte') => (c: Case): Where => {
  const value = operand(c, c.value)
  return value === undefined ? none : { path: c.path, op, value }
}

const listed = (op: 'in' | 'nin') => (c: Case): Where => {
  if (!Array.isArray(c.value) || c.value.length > maxListed) return c.fail(`“${op}” takes a list of at most ${maxListed} values`, `“${op}”须为列表，最多${maxListed}个值`)
  const values = c.value.map((v) => operand(c, v))
  return values.includes(undefined) ? none : { path: c.path, op, value: values as Scalar[] }
}

const textual = (op: 'contains' | 'startsWith') => (c: Case): Where => {
  if (typeof c.value !== 'string' || c.value === '' || c.value.length > 200) return c.fail(`“${op}” takes a text of at most 200 characters`, `“${op}”须为文本，最多200个字符`)
  return pieceWhere(c.field, c.path, op, c.value)
}

/** A piece of text looked for in the canonical values of a field; one of which nothing is left is in none. */
export function pieceWhere(field: Field, path: string[], op: 'contains' | 'startsWith', text: string): Where {
  const value = fieldTypeOf(field).part?.(text) ?? text
  return value === '' ? none : { path, op, value }
}

function between(c: Case): Where {
  if (!Array.isArray(c.value) || c.value.length !== 2) return c.fail('“between” takes a list of two values', 'between 须为两个值的列表')
  const [from, to] = c.value.map((v) => operand(c, v))
  return from === undefined || to === undefined ? none : { and: [{ path: c.path, op: 'gte', value: from }, { path: c.path, op: 'lte', value: to }] }
}

/** What lies within a value: the districts of a province. */
function within(c: Case): Where {
  const value = operand(c, c.value)
  if (value === undefined) return none
  const stem = fieldTypeOf(c.field).stemOf!(value as string)
  return stem === undefined ? c.fail(`the value for “${c.path.join('.')}” names no place`, `“${c.path.join('.')}”的比较值不是地点`) : { path: c.path, op: 'startsWith', value: stem }
}

/** 7: from today to a week ahead; −30: the thirty days up to today. Whole days, also for moments (UTC days). */
function withinDays(c: Case): Where {
  if (!Number.isInteger(c.value) || Math.abs(c.value as number) > 36_500) return c.fail('“withinDays” takes a whole number of days', 'withinDays 须为整数天数')
  const other = shiftDay(c.context.today, c.value as number)
  const [from, to] = (c.value as number) < 0 ? [other, c.context.today] : [c.context.today, other]
  const { path } = c
  return { and: [{ path, op: 'gte', value: from }, { path, op: 'lt', value: shiftDay(to, 1) }] }
}

export function shiftDay(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

const resolvers: Record<FilterOp, (c: Case) => Where> = {
  eq: single('eq'), ne: single('ne'), lt: single('lt'), lte: single('lte'), gt: single('gt'), gte: single('gte'),
  in: listed('in'), nin: listed('nin'),
  contains: textual('contains'), startsWith: textual('startsWith'),
  between, within, withinDays,
  empty: ({ path }) => ({ path, op: 'empty' }),
  notEmpty: ({ path }) => ({ not: { path, op: 'empty' } }),
  me: ({ path, context }) => (context.me === null ? none : { path, op: 'eq', value: context.me }),
  myDepartment: ({ path, context }) => ({ path, op: 'in', value: context.departments }),
}

/** The record's own id can be filtered like a text. */
export const idField: Field = { name: 'id', type: 'text', label: { en: 'Id', zh: '标识' } }
