/** Records by a value that files know them by, read once and kept in memory for a step. */
import type { WireRecord } from '../../runtime/engine'
import type { Context } from '../use-cases/context'
import { listRecords } from '../use-cases/list-records'
import type { Lookup } from './mapping-types'

export interface Lookups {
  /** What the lookup takes from the one record with this value; undefined when there is none or more than one. */
  find(lookup: Lookup, value: string): { value: unknown } | undefined
}

type Found = Map<string, WireRecord | 'several'>

/** Reads what the lookups need through the list use-case. They know the records as they are now. */
export async function loadLookups(ctx: Context, lookups: Lookup[]): Promise<Lookups> {
  const tables = new Map<string, Found>()
  for (const lookup of lookups) if (!tables.has(keyOf(lookup))) tables.set(keyOf(lookup), await readAll(ctx, lookup))
  return {
    find: (lookup, value) => {
      const record = tables.get(keyOf(lookup))!.get(value)
      return record === undefined || record === 'several' ? undefined : { value: record[lookup.take ?? 'id'] }
    },
  }
}

const keyOf = ({ entity, by, take }: Lookup) => JSON.stringify([entity, by, take])
const pageSize = 500

async function readAll(ctx: Context, { entity, by, take }: Lookup): Promise<Found> {
  const found: Found = new Map()
  const fields = take === undefined ? [by] : [by, take]
  for (let cursor: string | undefined; ;) {
    const page = await listRecords(ctx, entity, { fields, limit: pageSize, sort: 'id', ...(cursor !== undefined && { cursor }) })
    for (const record of page.items) keep(found, record, record[by])
    if (page.nextCursor === null) return found
    cursor = page.nextCursor
  }
}

function keep(found: Found, record: WireRecord, value: unknown) {
  if (value !== null) found.set(String(value), found.has(String(value)) ? 'several' : record)
}
