import type { Where } from '../../schemas/filters'
import type { Table } from '../model/tables'
import type { StoredDoc } from '../ports/store'
import { inTransaction, type Context, type WriteContext } from '../use-cases/context'

const size = 200

/** Works through all records of an entity, a transaction a batch, so that other writers come in between. Gives what each batch gave. */
export async function inBatches<T>(ctx: Context, table: Table, work: (ctx: WriteContext, table: Table, ids: string[]) => Promise<T>): Promise<T[]> {
  const results: T[] = []
  await inPages(ctx, table, async (docs) => { results.push(await inTransaction(ctx, (inside) => work(inside, table, docs.map((d) => d.id)))) }, [])
  return results
}

/** Reads through all documents of a collection, records in the bin too, or those that meet a condition. `columns`: all when left out. */
export async function inPages(ctx: Context, { collection, where }: Pick<Table, 'collection'> & { where?: Where }, work: (docs: StoredDoc[]) => unknown, columns?: string[]): Promise<void> {
  for (let last = ''; ; ) {
    const docs = await ctx.store.find(collection, { limit: size, ...(where && { where }), ...(columns && { columns }), ...(last && { after: { values: [], id: last } }) })
    if (docs.length === 0) return
    await work(docs)
    last = docs.at(-1)!.id
  }
}
