/**
 * Where records can be kept and by which door one gets at them: every store through the use-cases, and the HTTP API of a running
 * server. A suite that runs in all places shows that they behave alike.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { WireRecord } from '../../runtime/engine'
import { Background } from '../../server/background'
import { aggregateRecords, type AggregateRequest, type AggregateResult } from '../../server/use-cases/aggregate-records'
import type { Filter, Definition } from '../../schemas/generated/types'
import { megabyte } from '../../schemas/files'
import { openDiskFiles } from '../../server/files/disk'
import { receiveFile } from '../../server/use-cases/files'
import { ModelHolder, type Model } from '../../server/model/model'
import { stageOn, type Stage } from '../../server/setup/actor'
import { install } from '../../server/setup/install'
import { contextFor, type Services } from '../../server/use-cases/context'
import { recordHistory } from '../../server/use-cases/record-history'
import { AppError, type Problem } from '../../schemas/errors'
import { v7 } from 'uuid'
import type { Client } from './client'
import { png } from './files'
import { configFor, nobody, startTestHost, stoppedClock, withTemplate } from './host'
import { stores, type StoreUnderTest } from './stores'

export type Known = WireRecord & { id: string; rev: number }
export interface Change { field: string; from: unknown; to: unknown }

/** What ann can do there. */
export interface Place {
  model(): Promise<Model>
  services: Services
  /** Ids that examples name with an `@`: people, departments, files of ann's and a foreign one of ben's. */
  people: Record<'ann' | 'ben' | 'sales' | 'finance' | 'letter' | 'photo' | 'stamp' | 'scan' | 'foreign', string>
  create(entity: string, input: WireRecord): Promise<Known>
  patch(entity: string, id: string, input: WireRecord): Promise<Known>
  get(entity: string, id: string): Promise<Known>
  list(entity: string, query?: { filter?: Filter; sort?: string }): Promise<Known[]>
  aggregate(entity: string, request: AggregateRequest): Promise<AggregateResult['groups']>
  /** Newest first. */
  history(entity: string, id: string): Promise<{ kind: string; changes: Change[] }[]>
  close(): Promise<void>
}

export interface PlaceUnderTest { name: string; skip?: string; open(documents: Definition[], today: string): Promise<Place> }

/** The role may do everything with every entity of the documents. */
export function tester(documents: Definition[]): Definition {
  const entities = documents.flatMap((d) => (d.kind === 'entity' ? [d.name] : []))
  const grant = (entity: string) => ({ entity, verbs: ['create', 'read', 'update', 'delete'] as ('create' | 'read' | 'update' | 'delete')[], scope: 'all' as const, actions: documents.flatMap((d) => (d.kind === 'action' && d.entity === entity ? [d.name] : [])) })
  return { kind: 'role', name: 'tester', label: { en: 'Tester', zh: '测试' }, capabilities: ['studio'], grants: [...entities, 'user', 'department'].map(grant) }
}

export const places: PlaceUnderTest[] = [...stores.map(throughUseCases), { name: 'the HTTP API', open: throughHttp }]

async function hire(stage: Stage, services: Services, holder: ModelHolder) {
  const sales = await stage.engine.create('department', { name: 'Sales' })
  const finance = await stage.engine.create('department', { name: 'Finance' })
  const ann = await stage.engine.create('user', { username: 'ann', name: 'Ann', roles: ['tester'], department: sales.id, language: 'en' })
  const ben = await stage.engine.create('user', { username: 'ben', name: 'Ben', roles: ['tester'], department: finance.id, language: 'en' })
  const upload = async (username: string, name: string, content: Buffer) => {
    const model = await holder.current()
    return (await receiveFile(contextFor(services, model, model.directory.byName(username)!, 'en', 'system'), name, Readable.from([content]), megabyte)).id
  }
  return {
    ann: ann.id!, ben: ben.id!, sales: sales.id!, finance: finance.id!, letter: await upload('ann', 'letter.txt', Buffer.from('Dear all')), photo: await upload('ann', 'photo.png', png),
    stamp: await upload('ann', 'stamp.png', png), scan: await upload('ann', 'scan.pdf', Buffer.from('%PDF-1.7 …')), foreign: await upload('ben', 'foreign.png', png),
  }
}

function throughUseCases({ name, skip, open }: StoreUnderTest): PlaceUnderTest {
  return {
    name, skip,
    open: async (documents, today) => {
      const folder = mkdtempSync(join(tmpdir(), 'place-'))
      const { store, dispose } = await open()
      const services: Services = { background: new Background((error) => { throw error }), store, files: await openDiskFiles(join(folder, 'files')), clock: stoppedClock(today), newId: () => v7() }
      const holder = new ModelHolder(store, services.clock)
      await install(services, holder, configFor(folder), join(withTemplate(folder, [...documents, tester(documents)]), 'seed'), nobody)
      const stage = stageOn(services, holder)
      const people = await hire(stage, services, holder)
      const ann = stage.as('ann')
      const context = async () => { const model = await holder.current(); return contextFor(services, model, model.directory.byName('ann')!, 'en', 'system') }
      return {
        model: () => holder.current(), services, people,
        create: (entity, input) => ann.create(entity, input) as Promise<Known>,
        patch: (entity, id, input) => ann.update(entity, id, input) as Promise<Known>,
        get: (entity, id) => ann.get(entity, id) as Promise<Known>,
        list: async (entity, query) => (await ann.list(entity, { limit: 500, ...query })).items as Known[],
        aggregate: async (entity, request) => (await aggregateRecords(await context(), entity, request)).groups,
        history: async (entity, id) => (await recordHistory(await context(), entity, id)).items,
        close: async () => { await dispose(); rmSync(folder, { recursive: true }) },
      }
    },
  }
}

async function throughHttp(documents: Definition[], today: string): Promise<Place> {
  const host = await startTestHost({ documents: [...documents, tester(documents)], today })
  const people = await hire(host.stage, host.services, host.holder)
  await host.stage.setPassword(people.ann, 'a password')
  const ann = await host.signIn('ann')
  return {
    model: () => host.holder.current(), services: host.services, people,
    create: (entity, input) => answered(ann.post(`/records/${entity}`, input)),
    patch: (entity, id, input) => answered(ann.patch(`/records/${entity}/${id}`, input)),
    get: (entity, id) => answered(ann.get(`/records/${entity}/${id}`)),
    list: async (entity, { filter, sort } = {}) => (await answered<{ items: Known[] }>(ann.get(`/records/${entity}`, { limit: '500', ...(filter && { filter: JSON.stringify(filter) }), ...(sort && { sort }) }))).items,
    aggregate: async (entity, request) => (await answered<AggregateResult>(ann.post(`/records/${entity}/aggregate`, request))).groups,
    history: async (entity, id) => (await answered<{ items: { kind: string; changes: Change[] }[] }>(ann.get(`/records/${entity}/${id}/history`))).items,
    close: () => host.close(),
  }
}

/** An answer that is a refusal becomes the error that the use-case gave. */
async function answered<T = Known>(answer: ReturnType<Client['get']>): Promise<T> {
  const { status, body } = await answer
  if (status < 400) return body as T
  const problem = body as unknown as { code: AppError['code']; problems: Problem[] }
  throw new AppError(status as AppError['status'], problem.code, {}, problem.problems)
}

/** Expects a refusal and gives it. */
export async function refusalOf(promise: Promise<unknown>): Promise<AppError> {
  const error: unknown = await promise.then((value) => { throw new Error(`accepted: ${JSON.stringify(value)}`) }, (e: unknown) => e)
  if (!(error instanceof AppError)) throw error
  return error
}
