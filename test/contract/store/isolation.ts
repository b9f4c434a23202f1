import type { Store, Transaction } from '../../../server/ports/store'
import { collections, contract, ids, is, prepared, put, refused, type Current } from './model'

const times = <T>(count: number, work: (i: number) => Promise<T>) => Promise.all(Array.from({ length: count }, (_, i) => work(i)))

/** Reads, adds one, writes with the revision that was read. */
async function increment(tx: Transaction): Promise<void> {
  const doc = (await tx.get(contract, 'counter'))!
  await tx.update(contract, 'counter', doc.rev, { amount: (doc.amount as number) + 1 })
}

const amount = async (store: Store) => (await store.get(contract, 'counter'))!.amount

export function isolationCases(current: Current): void {
  test('give what the function gives, and see their own writes', async () => {
    const store = await prepared(current)
    const result = await store.transaction(async (tx) => {
      await tx.insert(contract, [{ id: 'a', rev: 1, amount: 1, lines: [{ id: 'l' }] }])
      await tx.update(contract, 'a', 1, { amount: 2 })
      return [await tx.get(contract, 'a', ['amount', 'lines']), await tx.count(contract, { where: is('amount', 'eq', 2) }), (await tx.aggregate(contract, { groupBy: [], measures: [{ op: 'sum', column: 'amount' }] }))[0]!.values[0]]
    })
    expect(result).toEqual([{ id: 'a', rev: 2, amount: 2, lines: [{ id: 'l', item: null, quantity: null, free: null, notes: null }] }, 1, 2n])
  })

  test('others see nothing of it before it is done', async () => {
    const store = await prepared(current)
    const second = await current().another()
    let finish!: () => void
    let written!: () => void
    const wasWritten = new Promise<void>((resolve) => { written = resolve })
    const mayFinish = new Promise<void>((resolve) => { finish = resolve })
    const done = store.transaction(async (tx) => {
      await tx.insert(contract, [{ id: 'a', rev: 1 }])
      written()
      await mayFinish
    })
    await wasWritten
    expect([await ids(store, {}), await ids(second, {})]).toEqual([[], []])
    finish()
    await done
    expect([await ids(store, {}), await ids(second, {})]).toEqual([['a'], ['a']])
  })

  test('it is there for everybody once the promise resolves', async () => {
    const store = await prepared(current)
    const second = await current().another()
    const seen = await times(150, (i) => put(store, contract, { id: String(i) }).then(() => second.get(contract, String(i))))
    expect(seen).not.toContain(undefined)
  })

  test('one that fails leaves nothing and gives its numbers back', async () => {
    const store = await prepared(current)
    const failure = new Error('changed my mind')
    const failed = store.transaction(async (tx) => {
      await tx.insert(contract, [{ id: 'a', rev: 1, lines: [{ id: 'l' }] }])
      expect([await tx.nextSequence('n'), await tx.nextSequence('n'), await tx.nextSequence('other')]).toEqual([1, 2, 1])
      expect(await tx.bumpMetaVersion()).toBe(1)
      throw failure
    })
    await expect(failed).rejects.toBe(failure)
    expect(await ids(store, {})).toEqual([])
    expect(await store.metaVersion()).toBe(0)
    expect(await store.transaction((tx) => tx.nextSequence('n'))).toBe(1)
  })

  test('one that fails among others takes nothing of its neighbours with it', async () => {
    const store = await prepared(current)
    const outcomes = await Promise.allSettled(Array.from({ length: 200 }, (_, i) => store.transaction(async (tx) => {
      await tx.insert(contract, [{ id: String(i).padStart(3, '0'), rev: 1, number: i % 10 === 5 ? 'same' : null }])
      const number = await tx.nextSequence('n')
      if (i % 3 === 0) throw new Error('no')
      return number
    })))
    const kept = outcomes.flatMap((outcome, i) => (outcome.status === 'fulfilled' ? [i] : []))
    expect(kept).toEqual(Array.from({ length: 200 }, (_, i) => i).filter((i) => i % 3 !== 0 && (i % 10 !== 5 || i === 5)))
    expect(await ids(store, {})).toEqual(kept.map((i) => String(i).padStart(3, '0')))
    const numbers = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []))
    expect(numbers.sort((a, b) => a - b)).toEqual(kept.map((_, i) => i + 1))
  })

  test('a hundred at once lose no update', async () => {
    const store = await prepared(current)
    await put(store, contract, { id: 'counter', amount: 0 })
    await times(100, () => store.transaction(increment))
    expect(await amount(store)).toBe(100)
  })

  test('a stale revision is noticed', async () => {
    const store = await prepared(current)
    await put(store, contract, { id: 'counter', amount: 0 })
    const read = await times(20, () => store.get(contract, 'counter'))
    const outcomes = await Promise.allSettled(read.map((doc) => store.transaction((tx) => tx.update(contract, 'counter', doc!.rev, { amount: (doc!.amount as number) + 1 }))))
    expect(outcomes.filter((o) => o.status === 'fulfilled')).toHaveLength(1)
    for (const outcome of outcomes) if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'CONFLICT' })
    expect(await amount(store)).toBe(1)
  })

  test('two processes lose no update, give no number twice and see each other', async () => {
    const store = await prepared(current)
    const second = await current().another()
    for (const collection of collections) expect(await second.ensureCollection(collection)).toEqual([])
    await put(store, contract, { id: 'counter', amount: 0 })
    const numbers = await Promise.all([store, second].map((each) => times(100, () => each.transaction(async (tx) => {
      await increment(tx)
      return tx.nextSequence('n')
    }))))
    expect([await amount(store), await amount(second)]).toEqual([200, 200])
    expect(new Set(numbers.flat()).size).toBe(200)
    expect(await second.transaction((tx) => tx.bumpMetaVersion())).toBe(1)
    expect([await store.metaVersion(), await second.metaVersion()]).toEqual([1, 1])
    expect(await store.transaction((tx) => tx.metaVersion())).toBe(1)
  })

  test('a second process may extend a collection that the first is using', async () => {
    const store = await prepared(current)
    const second = await current().another()
    await put(store, contract, { id: 'a', title: 'x' })
    expect(await ids(store, { where: is('title', 'eq', 'x') })).toEqual(['a'])
    const grown = { ...contract, columns: [...contract.columns, { name: 'extra', column: 'f_20', kind: 'text' as const }] }
    await second.ensureCollection(grown)
    await put(second, grown, { id: 'b', title: 'x', extra: 'e' })
    await put(store, contract, { id: 'c', title: 'x' })
    expect(await ids(store, { where: is('title', 'eq', 'x') })).toEqual(['a', 'b', 'c'])
    expect((await store.get(grown, 'b'))!.extra).toBe('e')
  })

  test('a call that would wait for itself is refused', async () => {
    const store = await prepared(current)
    await store.transaction(async (tx) => {
      await refused(store.transaction(async () => undefined), 'BAD_QUERY')
      await refused(store.ensureCollection(contract), 'BAD_QUERY')
      await refused(store.get(contract, 'a'), 'BAD_QUERY')
      await refused(store.count(contract, {}), 'BAD_QUERY')
      await new Promise((resolve) => setTimeout(resolve, 1))
      await refused(store.transaction(async () => undefined), 'BAD_QUERY')
      await tx.insert(contract, [{ id: 'a', rev: 1 }])
    })
    expect(await ids(store, {})).toEqual(['a'])
  })

  test('what a transaction leaves running may use the store once it is over', async () => {
    const store = await prepared(current)
    let later!: Promise<number>
    await store.transaction(async () => { later = new Promise((resolve) => setTimeout(resolve, 20)).then(() => store.count(contract, {})) })
    expect(await later).toBe(0)
  })

  test('a transaction that is over writes nothing', async () => {
    const store = await prepared(current)
    let kept!: Transaction
    await store.transaction(async (tx) => { kept = tx })
    await refused(kept.insert(contract, [{ id: 'a', rev: 1 }]), 'BAD_QUERY')
    await refused(kept.get(contract, 'a'), 'BAD_QUERY')
    await put(store, contract, { id: 'b' })
    expect(await ids(store, {})).toEqual(['b'])
  })

  test('closing waits for what was begun and accepts nothing new', async () => {
    const store = await prepared(current)
    const writes = times(10, (i) => put(store, contract, { id: `a${i}` }))
    const closed = store.close()
    await expect(put(store, contract, { id: 'b' })).rejects.toThrow('closed')
    await writes
    await closed
    await store.close()
    expect(await ids(await current().reopen(), {})).toHaveLength(10)
  })
}
