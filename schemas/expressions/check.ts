/** Type-checks an expression against the variables it may use, and reads what it depends on. Never throws. */
import { parse, type ASTNode } from './parse'
import { functions } from './functions'
import { macros } from './evaluate'
import { compatible, describe } from './compatible'
import { any, boolean, decimal, text, type ExpressionType } from './types'

export interface CheckContext {
  variables: { [name: string]: ExpressionType }
  /** Members of the records of an entity. */
  members(entity: string): { [name: string]: ExpressionType } | undefined
  /** What a former name of a field is called now; without an entity: a field of the record at hand. */
  renamed?(name: string, entity?: string): string | undefined
}

/** A field that is read by name: of an entity, or (none given) a variable. `renamed`: its present name, when a former one is used. */
export interface MemberRead { entity?: string; /** The sub-table whose column it is. */ table?: string; name: string; renamed?: string; start: number }

export interface Checked {
  type: ExpressionType
  problems: string[]
  /** Every path it reads, by its names: amount; project.customers; lines. Variables of macros are left out. */
  reads: string[]
  members: MemberRead[]
}

export function check(source: string, context: CheckContext, expected: ExpressionType = any): Checked {
  const parsed = parse(source)
  if ('error' in parsed) return { type: any, problems: [parsed.error], reads: [], members: [] }
  const checker = new Checker(context)
  const type = checker.visit(parsed.ast, {})
  if (checker.problems.length === 0 && !compatible(type, expected)) checker.problems.push(`the result is ${describe(type)}, expected ${describe(expected)}`)
  return { type, problems: checker.problems, reads: [...checker.reads], members: checker.members }
}

const nothing: CheckContext = { variables: {}, members: () => undefined }
const readsCache = new Map<string, string[]>()

/** The paths an expression reads, whatever their types. */
export function reads(source: string): string[] {
  let paths = readsCache.get(source)
  if (!paths) {
    paths = check(source, nothing).reads
    if (readsCache.size > 20_000) readsCache.clear()
    readsCache.set(source, paths)
  }
  return paths
}

type Locals = { [name: string]: ExpressionType }

class Checker {
  readonly problems: string[] = []
  readonly reads = new Set<string>()
  readonly members: MemberRead[] = []
  constructor(private readonly context: CheckContext) {}

  visit(node: ASTNode, locals: Locals): ExpressionType {
    const visit = (n: ASTNode) => this.visit(n, locals)
    switch (node.op) {
      case 'value': return literalType(node.args as unknown) ?? this.fail('this kind of literal is not supported')
      case 'id': return this.identifier(node, locals)
      case '.': return this.member(node, locals)
      case '[]': { const [list, index] = (node.args as ASTNode[]).map(visit) as [ExpressionType, ExpressionType]; this.expect(index, decimal, '[]'); return list.kind === 'list' ? list.of : any }
      case 'list': { const types = (node.args as ASTNode[]).map(visit); return { kind: 'list', of: types[0] ?? any } }
      case 'map': return this.map(node.args as [ASTNode, ASTNode][], visit)
      case '?:': { const [c, a, b] = (node.args as ASTNode[]).map(visit) as [ExpressionType, ExpressionType, ExpressionType]; this.expect(c, boolean, '?:'); return this.join(a, b) }
      case '&&': case '||': (node.args as ASTNode[]).forEach((n) => this.expect(visit(n), boolean, node.op)); return boolean
      case '!_': this.expect(visit(node.args as ASTNode), boolean, '!'); return boolean
      case '-_': this.expect(visit(node.args as ASTNode), decimal, '-'); return decimal
      case 'call': { const [name, args] = node.args as [string, ASTNode[]]; return this.call(name, args.map(visit)) }
      case 'rcall': return this.method(node.args as [string, ASTNode, ASTNode[]], locals)
      default: return this.binary(node.op as string, ...((node.args as ASTNode[]).map(visit) as [ExpressionType, ExpressionType]))
    }
  }

  private fail(problem: string): ExpressionType { this.problems.push(problem); return any }
  private expect(type: ExpressionType, expected: ExpressionType, at: string) {
    if (!compatible(type, expected)) this.fail(`“${at}” needs ${describe(expected)}, not ${describe(type)}`)
  }
  private join(a: ExpressionType, b: ExpressionType): ExpressionType {
    if (a.kind === 'any' || a.kind === 'null') return b
    if (b.kind === 'any' || b.kind === 'null') return a
    return compatible(a, b) ? a : this.fail(`both ways of “?:” need the same type, not ${describe(a)} and ${describe(b)}`)
  }

  private identifier(node: ASTNode, locals: Locals): ExpressionType {
    const name = node.args as string
    if (Object.hasOwn(locals, name)) return locals[name]!
    this.reads.add(name)
    const renamed = Object.hasOwn(this.context.variables, name) ? undefined : this.context.renamed?.(name)
    this.members.push({ name, ...(renamed !== undefined && { renamed }), start: node.start })
    const present = renamed ?? name
    return Object.hasOwn(this.context.variables, present) ? this.context.variables[present]! : this.fail(`there is no field “${name}”`)
  }

  private member(node: ASTNode, locals: Locals): ExpressionType {
    const [left, name] = node.args as [ASTNode, string]
    const type = this.visit(left, locals)
    const path = pathOf(left, locals)
    if (path) this.reads.add(`${path}.${name}`)
    if (type.kind === 'any') return any
    const members = type.kind === 'map' ? type.members : type.kind === 'reference' ? this.context.members(type.entity) : undefined
    const rows = type.kind === 'map' ? type.rows : undefined
    const of = type.kind === 'reference' ? type.entity : rows?.entity
    const renamed = of !== undefined && members && !Object.hasOwn(members, name) ? (rows ? own(rows.former, name) : this.context.renamed?.(name, of)) : undefined
    if (of !== undefined) this.members.push({ entity: of, ...(rows && { table: rows.field }), name, ...(renamed !== undefined && { renamed }), start: node.end - name.length })
    const present = renamed ?? name
    if (members && Object.hasOwn(members, present)) return members[present]!
    return this.fail(`${describe(type)} has no “${name}”`)
  }

  private map(entries: [ASTNode, ASTNode][], visit: (n: ASTNode) => ExpressionType): ExpressionType {
    const members: { [name: string]: ExpressionType } = {}
    for (const [key, value] of entries) {
      const type = visit(value)
      if (key.op === 'value' && typeof key.args === 'string') members[key.args] = type
      else this.fail('the names in { } must be texts')
    }
    return { kind: 'map', members }
  }

  private call(name: string, args: ExpressionType[]): ExpressionType {
    const fn = Object.hasOwn(functions, name) ? functions[name] : undefined
    if (!fn) return this.fail(`there is no function “${name}”`)
    const result = fn.check(args)
    return typeof result === 'string' ? this.fail(result) : result
  }

  private method([name, receiver, args]: [string, ASTNode, ASTNode[]], locals: Locals): ExpressionType {
    const list = this.visit(receiver, locals)
    if (!macros.has(name)) return this.call(name, [list, ...args.map((a) => this.visit(a, locals))])
    if (list.kind !== 'list' && list.kind !== 'any') return this.fail(`“.${name}” needs a list, not ${describe(list)}`)
    if (args[0]?.op !== 'id' || args.length < 2 || args.length > (name === 'map' ? 3 : 2)) return this.fail(`write .${name}(x, …)`)
    const inner = { ...locals, [args[0].args as string]: list.kind === 'list' ? list.of : any }
    const types = args.slice(1).map((a) => this.visit(a, inner))
    if (name !== 'map') this.expect(types[0]!, boolean, `.${name}`)
    return name === 'map' ? { kind: 'list', of: types.at(-1)! } : name === 'filter' ? list : boolean
  }

  private binary(op: string, a: ExpressionType, b: ExpressionType): ExpressionType {
    if (op === '==' || op === '!=') return compatible(a, b) || compatible(b, a) ? boolean : this.fail(`${describe(a)} is never equal to ${describe(b)}`)
    if (op === 'in') {
      if (b.kind === 'any') return boolean
      if (b.kind !== 'list') return this.fail(`“in” needs a list, not ${describe(b)}`)
      return compatible(a, b.of) ? boolean : this.fail(`a list of ${describe(b.of)} never has ${describe(a)}`)
    }
    if (op === '<' || op === '<=' || op === '>' || op === '>=') {
      const ordered = (t: ExpressionType) => ['any', 'null', 'decimal', 'text', 'date', 'dateTime'].includes(t.kind)
      return ordered(a) && ordered(b) && compatible(a, b) ? boolean : this.fail(`${describe(a)} ${op} ${describe(b)} has no meaning`)
    }
    if (!['+', '-', '*', '/', '%'].includes(op)) return this.fail(`the operator “${op}” is not supported`)
    if (op === '+' && a.kind === 'text' && b.kind === 'text') return text
    this.expect(a, decimal, op)
    this.expect(b, decimal, op)
    return decimal
  }
}

const own = (names: { [name: string]: string }, name: string) => (Object.hasOwn(names, name) ? names[name] : undefined)

function literalType(value: unknown): ExpressionType | undefined {
  if (value === null) return { kind: 'null' }
  if (typeof value === 'boolean') return boolean
  return typeof value === 'string' ? text : typeof value === 'number' || typeof value === 'bigint' ? decimal : undefined
}

function pathOf(node: ASTNode, locals: Locals): string | undefined {
  if (node.op === 'id') return Object.hasOwn(locals, node.args as string) ? undefined : (node.args as string)
  if (node.op !== '.') return undefined
  const [left, name] = node.args as [ASTNode, string]
  const path = pathOf(left, locals)
  return path && `${path}.${name}`
}
