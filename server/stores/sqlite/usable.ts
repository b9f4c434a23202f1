/** Indexes that hold only some of the documents serve a query only that asks for these alone. */
import type { Collection, Index, Where } from '../../ports/store'
import { conjuncts } from './conjuncts'

export function usableIndexes({ indexes }: Collection, where: Where | undefined): Index[] {
  const parts = conjuncts(where)
  return indexes.filter(({ only }) => only === undefined || parts.some((part) => 'op' in part && part.path.length === 1 && part.path[0] === only.column && (only.empty ? part.op === 'empty' : implyValue.has(part.op))))
}

/** What no empty value satisfies, as SQLite knows as well as we do. */
const implyValue: ReadonlySet<string> = new Set(['eq', 'lt', 'lte', 'gt', 'gte'])
