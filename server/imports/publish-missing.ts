/** The definitions an import brings along. */
import { join } from 'node:path'
import { keyOf, type Catalog } from '../../runtime/engine'
import { AppError } from '../../schemas/errors'
import type { Definition } from '../../schemas/generated/types'
import { collections } from '../model/collections'
import { readJson } from '../setup/definitions-folder'
import type { Context } from '../use-cases/context'
import { assemble, hashOf } from '../use-cases/definitions'
import { publishDocuments, type Release } from '../use-cases/publish-release'
import { faultLine, ImportError, type FoundMapping } from './mapping'

/** What is to be published, and what the definitions will be then. */
export interface Missing { documents: Definition[]; catalog: Catalog }

/**
 * Documents that were never published in their present content. One that was, and has been changed in the studio since, is left as it
 * is: the change is somebody's decision.
 */
export async function findMissing(ctx: Context, { mapping, home }: FoundMapping): Promise<Missing> {
  const all = (mapping.definitions ?? []).map((file) => readJson<Definition>(join(home, file)))
  const hashes = new Map(assemble(ctx.model, all).changed.map((d) => [`${d.kind} ${keyOf(d)}`, hashOf(d)]))
  const known = await Promise.all(all.map((d) => wasPublished(ctx, d, hashes.get(`${d.kind} ${keyOf(d)}`))))
  const documents = all.filter((_, i) => !known[i])
  return { documents, catalog: assemble(ctx.model, documents).catalog }
}

async function wasPublished(ctx: Context, document: Definition, hash: string | undefined): Promise<boolean> {
  if (hash === undefined) return false
  const is = (column: string, value: string) => ({ path: [column], op: 'eq' as const, value })
  return (await ctx.store.count(collections.definition, { where: { and: [is('kind', document.kind), is('key', keyOf(document)), is('hash', hash)] } })) > 0
}

/** Publishes them as one release. Fails with every fault. */
export async function publishMissing(ctx: Context, { documents }: Missing): Promise<Release | undefined> {
  if (documents.length === 0) return undefined
  try {
    return await publishDocuments(ctx, documents)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    throw new ImportError(error.problems.length > 0 ? error.problems.map((p) => faultLine(nameOf(p), p)) : [error.message])
  }
}

const nameOf = (problem: object) => ('kind' in problem && 'key' in problem ? `${String(problem.kind)} ${String(problem.key)}` : 'definitions')
