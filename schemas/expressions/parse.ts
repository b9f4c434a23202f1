/**
 * Text to syntax tree. The syntax is that of the Common Expression Language, parsed by cel-js under structural limits;
 * what is calculated, and how null and numbers behave, is ours (evaluate.ts), so that every number is an exact decimal.
 */
import { Environment, type ASTNode } from '@marcbachmann/cel-js'

export type { ASTNode }
export type Parsed = { ast: ASTNode } | { error: string }

const environment = new Environment({
  unlistedVariablesAreDyn: true,
  homogeneousAggregateLiterals: false,
  limits: { maxAstNodes: 2000, maxDepth: 60, maxListElements: 500, maxMapEntries: 200, maxCallArguments: 32 },
})

const cache = new Map<string, Parsed>()

/** Parses once per text; definitions are few and repeat themselves. */
export function parse(source: string): Parsed {
  let parsed = cache.get(source)
  if (!parsed) {
    parsed = parseAnew(source)
    if (cache.size > 20_000) cache.clear()
    cache.set(source, parsed)
  }
  return parsed
}

function parseAnew(source: string): Parsed {
  try {
    return { ast: environment.parse(source).ast }
  } catch (error) {
    return { error: (error as { summary?: string }).summary ?? (error as Error).message.split('\n')[0]! }
  }
}
