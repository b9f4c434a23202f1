/** What the server itself keeps about records by their id: it follows a record that is merged, and goes with one that is purged. */
import { collections } from '../model/collections'
import type { StoredDoc } from '../ports/store'
import type { WriteContext } from '../use-cases/context'

/** `once`: of the documents of one record, a value of this column stands only once. */
const pointing = { instance: { collection: collections.instance }, task: { collection: collections.task }, share: { collection: collections.share, once: 'grantee' }, check: { collection: collections.check, once: 'item' } } as const
export interface Pointer { kind: keyof typeof pointing; id: string; from: string }

const of = (record: string) => ({ where: { path: ['record'], op: 'eq' as const, value: record } })

export async function movePointers(ctx: WriteContext, ids: string[], to: string): Promise<Pointer[]> {
  const moved: Pointer[] = []
  for (const [kind, { collection, ...rest }] of Object.entries(pointing)) {
    const key = (doc: StoredDoc) => ('once' in rest ? doc[rest.once] : doc.id)
    const taken = new Set((await ctx.tx.find(collection, of(to))).map(key))
    for (const from of ids) for (const doc of await ctx.tx.find(collection, of(from))) {
      if (taken.has(key(doc))) continue
      taken.add(key(doc))
      await ctx.tx.update(collection, doc.id, undefined, { record: to }, { keepRev: true })
      moved.push({ kind: kind as Pointer['kind'], id: doc.id, from })
    }
  }
  return moved
}

export async function movePointersBack(ctx: WriteContext, pointers: Pointer[], from: string) {
  for (const pointer of pointers) {
    const { collection } = pointing[pointer.kind]
    const doc = await ctx.tx.get(collection, pointer.id)
    if (doc?.record === from) await ctx.tx.update(collection, pointer.id, undefined, { record: pointer.from }, { keepRev: true })
  }
}

export async function dropPointers(ctx: WriteContext, record: string) {
  for (const { collection } of Object.values(pointing)) await ctx.tx.remove(collection, (await ctx.tx.find(collection, { ...of(record), columns: [] })).map((d) => d.id))
}
