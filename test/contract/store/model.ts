/** The collections of the suite and short ways to fill and ask them. */
import type { Collection, Query, Store, StoredDoc, StoreErrorCode, Where } from '../../../server/ports/store'
import type { OpenStore } from '../../support/stores'

export type Current = () => OpenStore

export const country: Collection = {
  name: 'r_country',
  columns: [{ name: 'name', column: 'f_c1', kind: 'text' }],
  indexes: [],
}

export const region: Collection = {
  name: 'r_region',
  columns: [
    { name: 'name', column: 'f_r1', kind: 'text' },
    { name: 'country', column: 'f_r2', kind: 'text', references: () => country },
  ],
  indexes: [],
}

export const customer: Collection = {
  name: 'r_customer',
  columns: [
    { name: 'name', column: 'f_k1', kind: 'text' },
    { name: 'vip', column: 'f_k2', kind: 'bool' },
    { name: 'region', column: 'f_k3', kind: 'text', references: () => region },
    { name: 'contacts', column: 'f_k4', kind: 'rows', rows: [{ name: 'mail', column: 'f_k5', kind: 'text' }] },
  ],
  indexes: [],
  relations: { contracts: { collection: () => contract, column: 'customer' } },
}

export const contract: Collection = {
  name: 'r_contract',
  columns: [
    { name: 'title', column: 'f_1', kind: 'text' },
    { name: 'number', column: 'f_2', kind: 'text' },
    { name: 'status', column: 'f_3', kind: 'text' },
    { name: 'amount', column: 'f_4', kind: 'int' },
    { name: 'signed', column: 'f_5', kind: 'bool' },
    { name: 'due', column: 'f_6', kind: 'text' },
    { name: 'tags', column: 'f_7', kind: 'json' },
    { name: 'customer', column: 'f_8', kind: 'text', references: () => customer },
    { name: 'parent', column: 'f_9', kind: 'text', references: () => contract },
    {
      name: 'lines', column: 'f_10', kind: 'rows', rows: [
        { name: 'item', column: 'f_11', kind: 'text', indexed: true },
        { name: 'quantity', column: 'f_12', kind: 'int' },
        { name: 'free', column: 'f_13', kind: 'bool' },
        { name: 'notes', column: 'f_14', kind: 'json' },
      ],
    },
  ],
  indexes: [{ columns: ['number'], unique: true }, { columns: ['status', 'amount'] }, { columns: ['status', 'due'] }],
  search: ['title', 'due'],
}

export const collections = [country, region, customer, contract]

/** The current store with the suite's collections. */
export async function prepared(current: Current): Promise<Store> {
  const { store } = current()
  for (const collection of collections) await store.ensureCollection(collection)
  return store
}

export type Values = Omit<StoredDoc, 'rev' | 'id'> & { id: string }

export const put = (store: Store, collection: Collection, ...docs: Values[]) =>
  store.transaction((tx) => tx.insert(collection, docs.map((doc) => ({ rev: 1, ...doc }))))

export const ids = async (store: Store, query: Query, collection = contract) => (await store.find(collection, { columns: [], ...query })).map((doc) => doc.id)

export const is = (path: string, op: Extract<Where, { op: unknown }>['op'], value?: Extract<Where, { op: unknown }>['value']): Where =>
  ({ path: path.split('.'), op, ...(value === undefined ? {} : { value }) })

/** Expects a rejection with a code of the port; gives the error. */
export async function refused(promise: Promise<unknown>, code: StoreErrorCode): Promise<{ message: string; columns: string[] }> {
  const error: unknown = await promise.then(() => undefined, (e: unknown) => e)
  expect(error).toMatchObject({ name: 'StoreError', code })
  return error as { message: string; columns: string[] }
}
