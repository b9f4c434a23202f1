/** What of a personal view still applies: definitions change after it was saved, and so may rights. */
import { fieldOf, idTarget, type CompiledEntity } from '../../runtime/engine'
import { resolveFilter } from '../../schemas/filters'
import type { Problem } from '../../schemas/errors'
import type { Filter, View } from '../../schemas/generated/types'
import { collections } from '../model/collections'
import type { Table } from '../model/tables'
import { mayAskFor, mayName } from '../records/visibility'
import { departmentsOf, readerOf, type Context } from './context'

/** What a list shows: names of fields are those of the entity, `q` are search words. */
export interface ViewBody { filter?: Filter; sort?: string[]; columns?: NonNullable<View['columns']>[number][]; q?: string }
/** The view in present names without what does not apply; `leftOut` names each such place of the view as it was saved. */
export interface Fitted { body: ViewBody; leftOut: Problem[] }

export function fitView(ctx: Context, table: Table, saved: ViewBody): Fitted {
  const leftOut: Problem[] = []
  const kept = <T>(items: T[] | undefined, problemOf: (item: T, i: number) => Problem | undefined): T[] => (items ?? []).filter((item, i) => {
    const problem = problemOf(item, i)
    if (problem) leftOut.push(problem)
    return !problem
  })
  const { entity } = table
  const gone = (path: string, name: string): Problem => ({ path, code: 'noSuchField', params: { name, entity: entity.definition.label } })
  const columns = kept(saved.columns, ({ field }, i) => { const found = fieldOf(entity, field); return found && mayAskFor(ctx)(entity, found.name) ? undefined : gone(`/columns/${i}/field`, field) })
  const sort = kept(saved.sort, (key, i) => (sortField(ctx, entity, plain(key)) === undefined ? gone(`/sort/${i}`, plain(key)) : undefined))
  const conditions = kept(conjuncts(saved.filter), ({ part, path }) => filterProblem(ctx, table, part, path)).map(({ part }) => part)
  const filter = conditions.length > 1 ? { and: conditions } : conditions[0]
  const body: ViewBody = {
    ...(filter && { filter: inPresentNames(filter, entity) }),
    ...(sort.length > 0 && { sort: sort.map((key) => (key.startsWith('-') ? '-' : '') + present(entity, plain(key))) }),
    ...(columns.length > 0 && { columns: columns.map((column) => ({ ...column, field: present(entity, column.field) })) }),
    ...(saved.q && { q: saved.q }),
  }
  return { body, leftOut }
}

/** One of the person's own views of an entity, as far as it applies. */
export async function ownView(ctx: Context, entity: string, id: string): Promise<ViewBody | undefined> {
  const doc = await readerOf(ctx).get(collections.personalView, id)
  return doc?.user === ctx.me.id && doc.entity === entity ? fitView(ctx, ctx.model.tables.get(entity)!, doc.body as ViewBody).body : undefined
}

/** The present name of a field that lists may be sorted by, `id` among them. */
export function sortField(ctx: Context, entity: CompiledEntity, name: string): string | undefined {
  if (name === 'id') return name
  const field = fieldOf(entity, name)
  const sortable = field && !field.volatile && field.effectiveType.storage !== 'json' && field.effectiveType.storage !== 'rows' && mayName(ctx)(entity, field.name)
  return sortable ? field.name : undefined
}

const plain = (key: string) => key.replace(/^-/, '')
const present = (entity: CompiledEntity, name: string) => fieldOf(entity, name)?.name ?? name
/** The parts that must all hold, each with its place; whatever was sent. */
function conjuncts(filter: unknown): { part: Filter; path: string }[] {
  if (filter === undefined) return []
  const { and } = (filter ?? {}) as { and?: unknown }
  return Array.isArray(and) ? and.map((part: Filter, i) => ({ part, path: `/filter/and/${i}` })) : [{ part: filter as Filter, path: '/filter' }]
}

function filterProblem(ctx: Context, { entity }: Table, filter: Filter, path: string): Problem | undefined {
  const { problems } = resolveFilter(filter, idTarget(entity, ctx.model.catalog, mayName(ctx)), { me: ctx.me.id, departments: departmentsOf(ctx), today: ctx.clock.today() })
  return problems[0] && { path, code: 'badFilter', params: { reason: problems[0] } }
}

/** Only the entity's own names change; what lies behind a reference is understood by its former names. */
function inPresentNames(filter: Filter, entity: CompiledEntity): Filter {
  if ('and' in filter) return { and: filter.and.map((part) => inPresentNames(part, entity)) }
  if ('or' in filter) return { or: filter.or.map((part) => inPresentNames(part, entity)) }
  if ('not' in filter) return { not: inPresentNames(filter.not, entity) }
  const [first, ...rest] = filter.field.split('.') as [string, ...string[]]
  return { ...filter, field: [present(entity, first), ...rest].join('.') }
}
