/** Whatever the condition and whatever the documents: a store finds what evaluating in memory finds. */
import fc from 'fast-check'
import { StoreError, type Collection, type Scalar, type Store, type StoredDoc, type Where } from '../../../server/ports/store'
import { matches } from '../../../schemas/filters/match'
import { collections, contract, country, customer, prepared, region, type Current } from './model'

type World = Map<Collection, Map<string, StoredDoc>>

const texts = ['', 'a', 'A', 'aB', 'b%', 'a_b', "o'c", '\\', '%', '合同', '同', 'é', 'É', '10', '9']
const numbers = [-(2 ** 53 - 1), -1, 0, 1, 2, 2 ** 31, 2 ** 53 - 1]
const elements: Scalar[] = ['a', 'A', '', '1', 1, 0, true, false]
const docIds = ['1', '2', '3', '4', '5']

const orNull = <T>(...values: T[]) => fc.constantFrom<T | null>(null, ...values)
const values: Record<Exclude<Collection['columns'][number]['kind'], 'rows'>, fc.Arbitrary<Scalar | Scalar[]>> = {
  text: orNull(...texts),
  int: orNull(...numbers),
  bool: orNull(true, false),
  json: fc.oneof(fc.constant(null), fc.array(fc.constantFrom(...elements), { maxLength: 3 })),
}

function documents(collection: Collection): fc.Arbitrary<StoredDoc[]> {
  const cells = collection.columns.map((column) => [column.name,
    column.kind === 'rows' ? fc.constantFrom([], [{ id: 'r' }])
      : column.references ? orNull(...docIds, 'gone')
        : column.name === 'number' ? fc.constant(null) : values[column.kind]] as const)
  return fc.uniqueArray(fc.record({ id: fc.constantFrom(...docIds), rev: fc.constant(1), ...Object.fromEntries(cells) }), { selector: (doc) => (doc as StoredDoc).id, maxLength: 5 }) as fc.Arbitrary<StoredDoc[]>
}

/** Every path from a collection, with its column, through at most `steps` references. */
function paths(collection: Collection, steps: number): { path: string[]; column: Collection['columns'][number] }[] {
  return [{ name: 'id', column: 'id', kind: 'text' as const }, ...collection.columns].flatMap((column: Collection['columns'][number]) => [
    { path: [column.name], column },
    ...(steps > 0 && column.references ? paths(column.references(), steps - 1).map((p) => ({ ...p, path: [column.name, ...p.path] })) : []),
  ])
}

type Path = ReturnType<typeof paths>[number]

function comparison({ path, column: { kind, name, references } }: Path): fc.Arbitrary<Where> {
  const empty = fc.constant<Where>({ path, op: 'empty' })
  if (kind === 'rows') return empty
  if (kind === 'json') return fc.oneof(empty, fc.constantFrom(...elements).map((value): Where => ({ path, op: 'contains', value })))
  const value: fc.Arbitrary<Scalar> = references || name === 'id' ? fc.constantFrom(...docIds) : kind === 'text' ? fc.constantFrom(...texts) : kind === 'int' ? fc.constantFrom(...numbers) : fc.boolean()
  const single = fc.record({ path: fc.constant(path), op: fc.constantFrom(...['eq', 'ne', 'lt', 'lte', 'gt', 'gte'] as const), value })
  const listed = fc.record({ path: fc.constant(path), op: fc.constantFrom(...['in', 'nin'] as const), value: fc.oneof(fc.array(value, { maxLength: 4 }), value.map((v) => Array<Scalar>(25).fill(v))) })
  const part = fc.record({ path: fc.constant(path), op: fc.constantFrom(...['contains', 'startsWith'] as const), value })
  return kind === 'text' ? fc.oneof(single, listed, part, empty) : fc.oneof(single, listed, empty)
}

function condition(collection: Collection, steps: number): fc.Arbitrary<Where> {
  const leaf = fc.constantFrom(...paths(collection, steps)).chain(comparison)
  return fc.letrec<{ where: Where }>((tie) => ({
    where: fc.oneof({ depthSize: 'small', withCrossShrink: true }, leaf, fc.record({ and: fc.array(tie('where'), { maxLength: 3 }) }), fc.record({ or: fc.array(tie('where'), { maxLength: 3 }) }), fc.record({ not: tie('where') })),
  })).where
}

const scenario = fc.record({
  documents: fc.tuple(...collections.map(documents)),
  where: condition(contract, 3),
  visible: fc.record({ [customer.name]: condition(customer, 2), [region.name]: condition(region, 1), [country.name]: condition(country, 0), [contract.name]: condition(contract, 1) }, { requiredKeys: [] }) as fc.Arbitrary<Record<string, Where>>,
})

/** Reads paths as the port says: through references to documents that exist and may be seen. */
function reader(world: World, visible: Record<string, Where>, collection: Collection, doc: StoredDoc, deciding: string[] = []) {
  return (path: string[]): unknown => {
    const [first, ...rest] = path
    const value = doc[first!] ?? null
    if (rest.length === 0) return value
    const target = collection.columns.find((c) => c.name === first)!.references!()
    const next = world.get(target)!.get(value as string)
    const rule = deciding.includes(target.name) ? undefined : visible[target.name]
    if (!next || (rule && !matches(rule, reader(world, visible, target, next, [...deciding, target.name])))) return null
    return reader(world, visible, target, next, deciding)(rest)
  }
}

async function fill(store: Store, lists: StoredDoc[][]): Promise<World> {
  await store.transaction(async (tx) => {
    for (const [i, collection] of collections.entries()) {
      await tx.remove(collection, docIds)
      await tx.insert(collection, lists[i]!)
    }
  })
  return new Map(collections.map((collection, i) => [collection, new Map(lists[i]!.map((doc) => [doc.id, doc]))]))
}

/** A store may refuse a condition for its size; such a case is drawn anew. */
function tooLarge(error: unknown): never {
  fc.pre(!(error instanceof StoreError && error.code === 'BAD_QUERY' && error.message.includes('too large')))
  throw error
}

/** Over the network, on a busy machine. */
const patience = 240_000

export function randomCases(current: Current): void {
  test('find, count and updateWhere agree with evaluating in memory', async () => {
    const store = await prepared(current)
    await fc.assert(fc.asyncProperty(scenario, async ({ documents, where, visible }) => {
      const world = await fill(store, documents)
      const expected = (rules: Record<string, Where>) => [...world.get(contract)!.values()].filter((doc) => matches(where, reader(world, rules, contract, doc))).map((doc) => doc.id).sort()
      expect((await store.find(contract, { where, visible, columns: [] }).catch(tooLarge)).map((doc) => doc.id)).toEqual(expected(visible))
      expect(await store.count(contract, { where, visible })).toBe(expected(visible).length)
      expect(await store.count(contract, { where: { not: where }, visible })).toBe(world.get(contract)!.size - expected(visible).length)
      expect(await store.transaction((tx) => tx.updateWhere(contract, where, { due: 'x' }))).toBe(expected({}).length)
    }), { numRuns: 300 })
  }, patience)
}
