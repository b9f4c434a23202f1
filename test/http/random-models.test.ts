/**
 * Random definitions, random operations: what is stored of formulas and roll-ups is always what computing it anew gives, through
 * changes, moves, the bin, merging and publishing more of them. A failure prints its seed; `MODELS` asks for more than fifteen.
 */
import fc from 'fast-check'
import type { Entity } from '../../schemas/generated/types'
import { asEngine, contextFor, systemPerson } from '../../server/use-cases/context'
import { verifyDerived } from '../../server/use-cases/maintain'
import type { Answer, Client } from '../support/client'
import { studioOf } from '../support/drafts'
import { startTestHost, type TestHost } from '../support/host'
import { tester } from '../support/places'
import { isSound, models, operations, withDerived, type Model, type Operation } from '../support/random-models'

jest.setTimeout(600_000)

/** Refused as a whole, which is an answer too. */
const refusals = [404, 409, 422]

interface Known { entity: number; id: string }

class World {
  readonly records: Known[] = []
  done = 0
  refused = 0
  constructor(private readonly host: TestHost, private readonly ann: Client, private readonly model: Model) {}

  play(operation: Operation): Promise<void> {
    return (this[operation.do] as (o: Operation) => Promise<void>).call(this, operation)
  }

  async create({ entity, parent, count, amount, state }: Extract<Operation, { do: 'create' }>) {
    const at = entity % this.model.documents.length
    const input = { name: `r${this.records.length}`, count, size: String(count / 8), amount: String(amount / 100), state, ...(this.model.parents[at] !== undefined && { parent: this.parentOf(at, parent) }) }
    const answer = await this.send(this.ann.post(`/records/e${at}`, input))
    if (answer.status === 201) this.records.push({ entity: at, id: answer.body.id! })
  }
  change({ which, count, amount, state }: Extract<Operation, { do: 'change' }>) {
    return this.on(which, ({ entity, id }) => this.ann.patch(`/records/e${entity}/${id}`, { ...(count !== undefined && { count }), ...(amount !== undefined && { amount: String(amount / 100) }), ...(state !== undefined && { state }) }))
  }
  move({ which, parent }: Extract<Operation, { do: 'move' }>) {
    return this.on(which, ({ entity, id }) => this.ann.patch(`/records/e${entity}/${id}`, this.model.parents[entity] === undefined ? {} : { parent: this.parentOf(entity, parent) }))
  }
  bin({ which }: Extract<Operation, { do: 'bin' | 'restore' }>) { return this.on(which, ({ entity, id }) => this.ann.delete(`/records/e${entity}/${id}`)) }
  restore({ which }: Extract<Operation, { do: 'bin' | 'restore' }>) { return this.on(which, ({ entity, id }) => this.ann.post(`/records/e${entity}/${id}/restore`)) }
  merge({ which, other }: Extract<Operation, { do: 'merge' | 'unmerge' }>) {
    return this.on(which, ({ entity, id }) => {
      const others = this.records.filter((r) => r.entity === entity && r.id !== id)
      return others.length === 0 ? undefined : this.ann.post(`/records/e${entity}/merge`, { into: id, from: [others[other % others.length]!.id] })
    })
  }
  unmerge({ which }: Extract<Operation, { do: 'merge' | 'unmerge' }>) { return this.on(which, ({ entity, id }) => this.ann.post(`/records/e${entity}/${id}/unmerge`)) }

  /** One more derived field, over records that are there already. */
  async publish({ seed }: Extract<Operation, { do: 'publish' }>) {
    let state = seed
    const pick = (below: number) => { state = (state * 1_103_515_245 + 12_345) % 2_147_483_648; return Math.floor(state / 65_536) % below }
    const next = withDerived(this.model.documents as Entity[], this.model.parents, pick, `x_derived${this.done}`)
    if (!next || !isSound(next)) return
    const studio = studioOf(this.ann)
    for (const e of next) await studio.change<Entity>('entity', e.name, () => e)
    const { status, body } = await studio.publish()
    expect({ status, body: status === 201 ? undefined : body }).toEqual({ status: 201, body: undefined })
    this.model.documents.splice(0, Infinity, ...next)
  }

  async deviations() {
    return verifyDerived(asEngine(contextFor(this.host.services, await this.host.holder.current(), systemPerson, 'en', 'system'), 'system'))
  }

  private parentOf(entity: number, parent: number): string | null {
    const candidates = this.records.filter((r) => r.entity === this.model.parents[entity])
    return candidates.length === 0 ? null : candidates[parent % candidates.length]!.id
  }

  private async on(which: number, send: (record: Known) => Promise<Answer> | undefined) {
    const sent = this.records.length === 0 ? undefined : send(this.records[which % this.records.length]!)
    if (sent) await this.send(sent)
  }

  private async send(answer: Promise<Answer>): Promise<Answer> {
    const got = await answer
    if (got.status >= 400) { this.refused++; expect({ body: got.body, known: refusals.includes(got.status) }).toMatchObject({ known: true }) } else this.done++
    return got
  }
}

test('what is stored is what computing it anew gives', async () => {
  const seen = { done: 0, refused: 0 }
  await fc.assert(fc.asyncProperty(models, operations, async (model, history) => {
    const documents = model.documents
    const host = await startTestHost({ documents: [...documents, tester(documents)], today: '2026-06-15' })
    try {
      await host.addUser({ username: 'ann', roles: ['tester'] })
      const world = new World(host, await host.signIn('ann'), { ...model, documents: [...documents] })
      for (const operation of history) {
        await world.play(operation)
        if (operation.do === 'publish' || operation.do === 'merge') expect(await world.deviations()).toEqual([])
      }
      expect(await world.deviations()).toEqual([])
      seen.done += world.done
      seen.refused += world.refused
    } finally {
      await host.close()
    }
  }), { numRuns: Number(process.env.MODELS ?? 15), endOnFailure: true })
  // A history of refusals would show nothing.
  expect(seen.done).toBeGreaterThan(seen.refused)
})
