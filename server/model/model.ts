/**
 * What a process knows of the published definitions and the people, kept current: every request compares the store's meta version
 * and reloads what changed, so that a publish in one process is live in all.
 */
import { columnOf, compileCatalog, type Catalog, type FormerPipeline, type PipelineVersion } from '../../runtime/engine'
import type { Definition, Field } from '../../schemas/generated/types'
import { loadFieldTypes } from '../../schemas/field-types'
import { systemDefinitions } from '../../schemas/system'
import type { Clock } from '../ports/clock'
import type { Reader, Store } from '../ports/store'
import { collections } from './collections'
import { loadDirectory, type Directory } from './directory'
import { formerPipelines } from './former-pipelines'
import { tablesOf, type Tables } from './tables'

export interface Published { kind: Definition['kind']; key: string; version: number; hash: string; body: Definition }

export interface Model {
  metaVersion: number
  /** Number of the release in force; 0 before the first. */
  release: number
  published: Map<string, Published>
  catalog: Catalog
  tables: Tables
  directory: Directory
  /** Uids and columns of what is in the trash, by entity: they still hold values. */
  trashed: Map<string, Set<string>>
}

export const idOf = (kind: string, key: string) => `${kind}:${key}`

export class ModelHolder {
  private model: Model | undefined
  private loading: Promise<Model> | undefined
  constructor(private readonly store: Store, private readonly clock: Clock) {}

  /** The model as of now. */
  async current(): Promise<Model> {
    const version = await this.store.metaVersion()
    for (;;) {
      if (this.model && this.model.metaVersion >= version) return this.model
      // A load under way may have begun before the change that this request must see.
      this.loading ??= this.load(version).finally(() => { this.loading = undefined })
      await this.loading
    }
  }

  private async load(version: number): Promise<Model> {
    await loadFieldTypes()
    const [latest] = await this.store.find(collections.release, { sort: [{ column: 'number', descending: true }], limit: 1 })
    const release = (latest?.number as number | undefined) ?? 0
    const definitions = this.model?.release === release ? this.model : await loadDefinitions(this.store, release)
    const directory = await loadDirectory(this.store, definitions.tables, definitions.catalog, this.clock.today())
    this.model = { ...definitions, metaVersion: version, directory }
    return this.model
  }
}

async function loadDefinitions(reader: Reader, release: number): Promise<Omit<Model, 'metaVersion' | 'directory'>> {
  const docs = await reader.find(collections.definition, { where: { path: ['current'], op: 'eq', value: true } })
  const published = new Map(docs.map((d): [string, Published] => [
    idOf(d.kind as string, d.key as string), { kind: d.kind as Definition['kind'], key: d.key as string, version: d.version as number, hash: d.hash as string, body: d.body as unknown as Definition },
  ]))
  const documents = published.size > 0 ? [...published.values()].map((p) => p.body) : systemDefinitions
  const present = linked(documents)
  const former = await formerPipelines(reader, present, pipelinesIn(published))
  return { release, published, ...(former.length > 0 ? linked(documents, former) : present), trashed: await trashedFields(reader) }
}

function linked(documents: Definition[], former: FormerPipeline[] = []): Pick<Model, 'catalog' | 'tables'> {
  const { catalog } = compileCatalog(documents, former)
  return { catalog, tables: tablesOf(catalog) }
}

/** The pipelines in force. */
export const pipelinesIn = (published: Model['published']): PipelineVersion[] =>
  [...published.values()].flatMap(({ version, body }) => (body.kind === 'pipeline' ? [{ version, pipeline: body }] : []))

async function trashedFields(reader: Reader): Promise<Model['trashed']> {
  const trashed: Model['trashed'] = new Map()
  for (const doc of await reader.find(collections.trash, { where: { path: ['status'], op: 'eq', value: 'kept' } })) {
    if (doc.uid !== null) trashed.set(doc.key as string, (trashed.get(doc.key as string) ?? new Set()).add(doc.uid as string).add(columnOf(doc.body as unknown as Field)))
  }
  return trashed
}


