/** Completion of expressions: what may stand at the caret. */
import { functions, type CheckContext, type ExpressionType } from '../../../schemas/expressions'

export interface Completion {
  /** What is written. */
  insert: string
  /** The path it then is, to look up its label. */
  path: readonly string[]
  /** For functions: how it is called. */
  signature?: string
  type?: ExpressionType
}
export interface Completions { from: number; to: number; items: Completion[] }

const beforeCaret = /((?:[A-Za-z_]\w*\.)*)([A-Za-z_]\w*)?$/

export function complete(source: string, caret: number, context: CheckContext): Completions | undefined {
  const text = source.slice(0, caret)
  if (insideText(text)) return undefined
  const [, prefix = '', word = ''] = beforeCaret.exec(text) ?? []
  const path = prefix.split('.').filter(Boolean)
  const members = path.length === 0 ? context.variables : membersOf(path, context)
  if (!members) return undefined
  const found = Object.entries(members).map(([name, type]): Completion => ({ insert: name, path: [...path, name], type }))
  const calls = path.length === 0 ? Object.entries(functions).map(([name, { signature }]): Completion => ({ insert: `${name}(`, path: [name], signature })) : []
  return { from: caret - word.length, to: caret, items: ranked([...found, ...calls], word) }
}

function membersOf(path: readonly string[], context: CheckContext): { [name: string]: ExpressionType } | undefined {
  const [first, ...rest] = path
  let type: ExpressionType | undefined = context.variables[first!]
  for (const name of rest) type = type && members(type, context)?.[name]
  return type && members(type, context)
}

function members(type: ExpressionType, context: CheckContext) {
  return type.kind === 'map' ? type.members : type.kind === 'reference' ? context.members(type.entity) : undefined
}

/** What begins with the word first, then what contains it. */
function ranked(items: Completion[], word: string): Completion[] {
  const wanted = word.toLowerCase()
  const at = (c: Completion) => c.insert.toLowerCase().indexOf(wanted)
  return items.filter((c) => at(c) >= 0).sort((a, b) => Math.min(at(a), 1) - Math.min(at(b), 1))
}

/** Whether an odd number of quotes stands before the caret. */
function insideText(text: string): boolean {
  return [`'`, '"'].some((quote) => (text.split(quote).length - 1) % 2 === 1)
}
