/** Former versions of pinned pipelines that records go on by, as the store tells them. */
import { formerVersions, isPinned, meantToday, versionField, type Catalog, type FormerPipeline, type PipelineVersion } from '../../runtime/engine'
import type { Pipeline } from '../../schemas/generated/types'
import type { Where } from '../../schemas/filters'
import type { Reader } from '../ports/store'
import { collections } from './collections'
import type { Table, Tables } from './tables'

/** `present`: pipelines as they are in force, or will be once they are published. Asks nothing where none is pinned. */
export async function formerPipelines(reader: Reader, { catalog, tables }: { catalog: Catalog; tables: Tables }, present: PipelineVersion[]): Promise<FormerPipeline[]> {
  const found: FormerPipeline[] = []
  for (const { pipeline, version } of present) {
    const table = tables.get(pipeline.entity)
    if (!isPinned(pipeline) || !table?.entity.definition.pipeline) continue
    const before = await versionsBefore(reader, catalog, pipeline, version)
    if (before.length > 0) found.push(...formerVersions(meantToday(pipeline, catalog), before, await carriedIn(reader, table, pipeline)))
  }
  return found
}

/** Those that the catalog knows and that some record goes by still, the bin included. */
export async function stillFollowed(reader: Reader, { catalog, tables }: { catalog: Catalog; tables: Tables }): Promise<FormerPipeline[]> {
  const known = [...catalog.formerPipelines.values()].flat()
  const found = await Promise.all(known.map((former) => { const table = tables.get(former.pipeline.entity)!; return reader.find(table.collection, { where: followersOf(table, former), limit: 1, columns: [] }) }))
  return known.filter((_, i) => found[i]!.length > 0)
}

/** The records that go by it. */
export function followersOf({ entity }: Table, { pipeline, carried }: FormerPipeline): Where {
  const by = carried.map((version): Where => (version === null ? { path: [versionField], op: 'empty' } : { path: [versionField], op: 'eq', value: version }))
  return { and: [{ path: [entity.definition.pipeline!.pipelineField], op: 'eq', value: pipeline.name }, { or: by }] }
}

async function versionsBefore(reader: Reader, catalog: Catalog, { kind, name }: Pipeline, version: number): Promise<PipelineVersion[]> {
  const is = (column: string, value: string | boolean) => ({ path: [column], op: 'eq' as const, value })
  const docs = await reader.find(collections.definition, { where: { and: [is('kind', kind), is('key', name), is('removed', false)] }, sort: [{ column: 'version' }], columns: ['version', 'body'] })
  return docs.filter((doc) => (doc.version as number) < version).map((doc) => ({ version: doc.version as number, pipeline: meantToday(doc.body as unknown as Pipeline, catalog) }))
}

/** What records of the pipeline carry as their version; those in the bin may come back. */
async function carriedIn(reader: Reader, { collection, entity }: Table, { name }: Pipeline): Promise<(number | null)[]> {
  const groups = await reader.aggregate(collection, { where: { path: [entity.definition.pipeline!.pipelineField], op: 'eq', value: name }, groupBy: [versionField], measures: [{ op: 'count' }] })
  return groups.map(({ keys: [version] }) => (version === null ? null : Number(version)))
}
