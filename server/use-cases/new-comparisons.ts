/** New rules of uniqueness that look at other kinds of records: no index spans them, so what is written while they are published is asked for here. */
import { newRules, type NewRule } from '../../runtime/engine'
import { AppError } from '../../schemas/errors'
import type { Table, Tables } from '../model/tables'
import { allColumns } from '../records/load'
import type { Context, WriteContext } from './context'
import { writtenSince } from './convert-fields'
import type { Candidate } from './definitions'
import { duplicateData } from './duplicate-groups'

export interface NewComparison { table: Table; rule: NewRule }

export function newComparisons({ model }: Context, { catalog }: Candidate, tables: Tables): NewComparison[] {
  return [...catalog.entities.keys()].flatMap((name) => newRules(model.catalog, catalog, name).map((rule) => ({ table: tables.get(name)!, rule })))
    .filter(({ rule: { key, others } }) => key.rule.mode !== 'warn' && others.length > 0)
}

/** In the transaction of the release, with all keys in place: 422 when a record written since then is found among another kind. */
export async function refuseComparedSince(ctx: WriteContext, tables: Tables, comparisons: NewComparison[], since: string) {
  for (const { table, rule: { key, others } } of comparisons) {
    const written = await ctx.tx.find(table.collection, { where: writtenSince(table, since), columns: allColumns(table) })
    const values = [...new Set(written.map((doc) => key.of(table.decode(doc))))].filter((value) => value !== null)
    for (const other of others) if (await anyOf(ctx, tables.get(other.entity.name)!, other.key.column, values)) refuse(table, key.fields)
  }
}

const atOnce = 500

async function anyOf({ tx }: WriteContext, { collection }: Table, column: string, values: string[]): Promise<boolean> {
  for (let i = 0; i < values.length; i += atOnce) {
    if ((await tx.count(collection, { where: { path: [column], op: 'in', value: values.slice(i, i + atOnce) } })) > 0) return true
  }
  return false
}

function refuse({ entity }: Table, fields: NewRule['key']['fields']): never {
  const problem = duplicateData(entity, fields)
  throw new AppError(422, problem.code, problem.params, [problem])
}
