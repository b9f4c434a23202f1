import type { Table } from '../model/tables'
import type { Context, WriteContext } from '../use-cases/context'

const size = 200

/** Works through all records of an entity, a transaction a batch, so that other writers come in between. Gives what each batch gave. */
export async function inBatches<T>(ctx: Context, table: Table, work: (ctx: WriteContext, table: Table, ids: string[]) => Promise<T>): Promise<T[]> {
  const results: T[] = []
  for (let last = ''; ; ) {
    const docs = await ctx.store.find(table.collection, { limit: size, columns: [], ...(last && { after: { values: [], id: last } }) })
    if (docs.length === 0) return results
    results.push(await ctx.store.transaction((tx) => work({ ...ctx, tx }, table, docs.map((d) => d.id))))
    last = docs.at(-1)!.id
  }
}
