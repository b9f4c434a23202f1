/** What to read of a collection and how stored fields become documents. */
import type { Column, StoredDoc } from '../../ports/store'
import { columnOf, idColumn, revColumn, selections } from '../shared/plans'
import { fieldOf, type Plan } from './plan'
import type { Stage } from './match'
import { decode } from './values'

export interface Selection {
  readonly project: Stage
  readonly columns: { column: Column; field: string }[]
}

export const selectOf = selections(makeSelection)

function makeSelection(plan: Plan, names: string[] | undefined): Selection {
  const chosen = names ? new Set([idColumn, revColumn, ...names.map((n) => columnOf(plan, n))]) : [...plan.columns.values()].filter((c) => c.kind !== 'rows')
  const columns = [...chosen].map((column) => ({ column, field: fieldOf(column) }))
  return { columns, project: { $project: Object.fromEntries(columns.map(({ field }) => [field, 1])) } }
}

export function documentOf({ columns }: Selection, stored: Record<string, unknown>): StoredDoc {
  const doc = {} as StoredDoc
  for (const { column, field } of columns) doc[column.name] = decode(column, stored[field])
  return doc
}
