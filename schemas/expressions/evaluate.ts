/**
 * The one evaluator, in the server and in the browser. A syntax tree becomes a closure once and runs many times.
 *
 * Null is "not known", as in SQL: arithmetic and order comparisons with null give null, `&&` and `||` are three-valued. A guard
 * takes null for false, a validation for "does not apply". `==` and `!=` compare with null like with any value. Division by
 * zero gives null. Numbers are exact decimals.
 */
import { Decimal } from 'decimal.js'
import { parse, type ASTNode } from './parse'
import { Exact, ExpressionError, functions } from './functions'
import type { ExpressionValue } from './types'

export { ExpressionError }

export interface Scope {
  variables: { [name: string]: ExpressionValue | undefined }
  /** A member of a record that a reference points to, by the record's id. */
  related?: (id: string, member: string) => ExpressionValue | undefined
}

interface Run extends Scope { budget: { steps: number } }
type Evaluate = (run: Run) => ExpressionValue

/** Steps one evaluation may take: enough for 200 lines through a few nested lists, far below a noticeable delay. */
const maxSteps = 200_000
const compiled = new Map<string, Evaluate>()

/** Value of an expression. Throws ExpressionError when values do not fit or the work grows beyond bounds. */
export function evaluate(source: string, scope: Scope): ExpressionValue {
  let run = compiled.get(source)
  if (!run) {
    const parsed = parse(source)
    if ('error' in parsed) throw new ExpressionError(parsed.error)
    run = compile(parsed.ast, source)
    if (compiled.size > 20_000) compiled.clear()
    compiled.set(source, run)
  }
  return run({ ...scope, budget: { steps: maxSteps } })
}

/** Whether a condition holds; not known counts as no. */
export const holds = (source: string, scope: Scope): boolean => evaluate(source, scope) === true
/** Whether a rule is broken; not known counts as kept. */
export const broken = (source: string, scope: Scope): boolean => evaluate(source, scope) === false

function compile(node: ASTNode, source: string): Evaluate {
  const sub = (n: ASTNode) => compile(n, source)
  switch (node.op) {
    case 'value': return constant(literal(node, source))
    case 'id': return variable(node.args as string)
    case '.': return member(sub((node.args as [ASTNode, string])[0]), (node.args as [ASTNode, string])[1])
    case '[]': return element(...(pair(node.args, sub)))
    case 'list': { const parts = (node.args as ASTNode[]).map(sub); return (run) => parts.map((part) => part(run)) }
    case 'map': return map((node.args as [ASTNode, ASTNode][]).map(([k, v]) => [String(literal(k, source)), sub(v)]))
    case '?:': { const [c, a, b] = (node.args as ASTNode[]).map(sub) as [Evaluate, Evaluate, Evaluate]; return (run) => (c(run) === true ? a(run) : b(run)) }
    case '&&': return logic(...pair(node.args, sub), false)
    case '||': return logic(...pair(node.args, sub), true)
    case '!_': { const part = sub(node.args as ASTNode); return (run) => not(part(run)) }
    case '-_': { const part = sub(node.args as ASTNode); return (run) => { const v = part(run); return v === null ? null : decimalOf(v, '-').neg() } }
    case 'call': { const [name, args] = node.args as [string, ASTNode[]]; return call(name, args.map(sub)) }
    case 'rcall': return method(node, source)
    default: return binary(node.op as string, ...pair(node.args, sub))
  }
}

const pair = (args: unknown, sub: (n: ASTNode) => Evaluate) => (args as ASTNode[]).map(sub) as [Evaluate, Evaluate]
const constant = (value: ExpressionValue): Evaluate => () => value

/** Numbers are read from the text, so that no float stands between the text and the decimal. */
function literal(node: ASTNode, source: string): ExpressionValue {
  const value = node.args as unknown
  if (typeof value === 'bigint') return new Exact(value.toString())
  if (typeof value === 'number') return new Exact(source.slice(node.start, node.end))
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  throw new ExpressionError({ code: 'badLiteral' })
}

function variable(name: string): Evaluate {
  return (run) => {
    const value = run.variables[name]
    return value === undefined ? null : value
  }
}

function member(left: Evaluate, name: string): Evaluate {
  return (run) => {
    const value = left(run)
    if (typeof value === 'string') return run.related?.(value, name) ?? null
    if (value === null || typeof value !== 'object' || Array.isArray(value) || Decimal.isDecimal(value)) return null
    return Object.hasOwn(value, name) ? ((value as { [k: string]: ExpressionValue | undefined })[name] ?? null) : null
  }
}

function element(left: Evaluate, index: Evaluate): Evaluate {
  return (run) => {
    const list = left(run)
    const at = index(run)
    if (list === null || at === null) return null
    if (!Array.isArray(list)) throw new ExpressionError({ code: 'expectsListAt', params: { at: '[ ]' } })
    return list[decimalOf(at, '[]').toNumber()] ?? null
  }
}

function map(entries: [string, Evaluate][]): Evaluate {
  return (run) => {
    const result: { [k: string]: ExpressionValue } = {}
    for (const [key, value] of entries) Object.defineProperty(result, key, { value: value(run), enumerable: true })
    return result
  }
}

/** Three-valued and (decisive false) or or (decisive true). */
function logic(left: Evaluate, right: Evaluate, decisive: boolean): Evaluate {
  return (run) => {
    const a = truth(left(run))
    if (a === decisive) return decisive
    const b = truth(right(run))
    if (b === decisive) return decisive
    return a === null || b === null ? null : !decisive
  }
}

function truth(value: ExpressionValue): boolean | null {
  if (value === null || typeof value === 'boolean') return value
  throw new ExpressionError({ code: 'expectsTruth' })
}
const not = (value: ExpressionValue) => { const t = truth(value); return t === null ? null : !t }

function call(name: string, args: Evaluate[]): Evaluate {
  const fn = Object.hasOwn(functions, name) ? functions[name] : undefined
  if (!fn) throw new ExpressionError({ code: 'noSuchFunction', params: { name } })
  return (run) => fn.run(args.map((arg) => arg(run)))
}

const comparisons: Record<string, (order: number) => boolean> = { '<': (o) => o < 0, '<=': (o) => o <= 0, '>': (o) => o > 0, '>=': (o) => o >= 0 }
const arithmetic: Record<string, (a: Decimal, b: Decimal) => Decimal | null> = {
  '+': (a, b) => a.plus(b), '-': (a, b) => a.minus(b), '*': (a, b) => a.times(b),
  '/': (a, b) => (b.isZero() ? null : a.div(b)), '%': (a, b) => (b.isZero() ? null : a.mod(b)),
}

function binary(op: string, left: Evaluate, right: Evaluate): Evaluate {
  if (op === '==') return (run) => same(left(run), right(run))
  if (op === '!=') return (run) => !same(left(run), right(run))
  if (op === 'in') return (run) => includes(right(run), left(run))
  const compare = comparisons[op]
  if (compare) return (run) => { const a = left(run), b = right(run); return a === null || b === null ? null : compare(order(a, b)) }
  const calculate = arithmetic[op]
  if (!calculate) throw new ExpressionError({ code: 'badOperator', params: { name: op } })
  return (run) => {
    const a = left(run), b = right(run)
    if (a === null || b === null) return null
    if (op === '+' && typeof a === 'string' && typeof b === 'string') return (a + b).slice(0, 100_000)
    return calculate(decimalOf(a, op), decimalOf(b, op))
  }
}

function decimalOf(value: ExpressionValue, op: string): Decimal {
  if (!Decimal.isDecimal(value)) throw new ExpressionError({ code: 'expectsNumberAt', params: { at: op } })
  return value
}

function order(a: ExpressionValue, b: ExpressionValue): number {
  if (Decimal.isDecimal(a) && Decimal.isDecimal(b)) return a.cmp(b)
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : a > b ? 1 : 0
  throw new ExpressionError({ code: 'noOrder' })
}

/** Equality of values; numbers by value, lists by their items. */
export function same(a: ExpressionValue, b: ExpressionValue): boolean {
  if (Decimal.isDecimal(a) && Decimal.isDecimal(b)) return a.eq(b)
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, i) => same(item, b[i]!))
  return a === b
}

function includes(list: ExpressionValue, item: ExpressionValue): boolean | null {
  if (list === null) return null
  if (!Array.isArray(list)) throw new ExpressionError({ code: 'expectsListAt', params: { at: 'in' } })
  return list.some((candidate) => same(candidate, item))
}

/** list.map(x, …) and its relatives. Every round counts against the budget, so nesting cannot run away. */
function method(node: ASTNode, source: string): Evaluate {
  const [name, receiver, args] = node.args as [string, ASTNode, ASTNode[]]
  const list = compile(receiver, source)
  if (!macros.has(name)) return call(name, [list, ...args.map((a) => compile(a, source))])
  const local = args[0]!.args as string
  const bodies = args.slice(1).map((a) => compile(a, source))
  const filter = name === 'map' && bodies.length === 2 ? bodies[0] : undefined
  const body = bodies[bodies.length - 1]!
  return (run) => {
    const values = list(run)
    if (values === null) return null
    if (!Array.isArray(values)) throw new ExpressionError({ code: 'expectsListAt', params: { at: `.${name}()` } })
    const variables = Object.create(run.variables) as Scope['variables']
    const inner: Run = { ...run, variables }
    const results: ExpressionValue[] = []
    for (const value of values) {
      if (--run.budget.steps < 0) throw new ExpressionError({ code: 'tooMuchWork' })
      variables[local] = value
      if (name === 'map') { if (!filter || filter(inner) === true) results.push(body(inner)) }
      else {
        const yes = body(inner) === true
        if (name === 'filter') { if (yes) results.push(value) }
        else if (yes !== (name === 'all')) return yes
      }
    }
    return name === 'map' || name === 'filter' ? results : name === 'all'
  }
}
export const macros = new Set(['map', 'filter', 'exists', 'all'])
