/** Definitions as a bundle: taken out of one installation, compared with another, put into it. */
import { differences, keyOf, type DefinitionProblem, type Difference } from '../../runtime/engine'
import { AppError } from '../../schemas/errors'
import type { Definition } from '../../schemas/generated/types'
import { idOf, type Published } from '../model/model'
import type { Context } from './context'
import { assemble, requireStudio } from './definitions'
import { publish, type Release } from './publish-release'

export interface Bundle { release: number; definitions: Definition[] }

/** `wanted`: entity:project and the like; everything when left out. 404 for one that is not published. */
export function exportBundle(ctx: Context, wanted?: string[]): Bundle {
  requireStudio(ctx)
  const { published, release } = ctx.model
  const missing = wanted?.find((id) => !published.has(id))
  if (missing !== undefined) throw new AppError(404, 'noSuchDefinition', { kind: '', name: missing })
  const chosen = wanted ? wanted.map((id) => published.get(id)!) : [...published.values()]
  return { release, definitions: chosen.map((p) => p.body) }
}

export interface BundleItem { kind: string; key: string; change: 'added' | 'changed' | 'unchanged' | 'removed'; differences: Difference[] }
export interface BundlePreview { items: BundleItem[]; problems: DefinitionProblem[] }

/** What importing would change. Definitions that the bundle lacks stay; only those named in `removals` go. */
export function previewBundle(ctx: Context, definitions: Definition[], removals: string[] = []): BundlePreview {
  requireStudio(ctx)
  const gone = removed(ctx, removals)
  const { changed, problems } = assemble(ctx.model, definitions, gone.map((p) => idOf(p.kind, p.key)))
  const items = changed.map((document): BundleItem => {
    const before = ctx.model.published.get(idOf(document.kind, keyOf(document)))?.body
    const found = before ? differences(before, document) : []
    return { kind: document.kind, key: keyOf(document), change: before ? (found.length > 0 ? 'changed' : 'unchanged') : 'added', differences: found }
  })
  return { items: [...items, ...gone.map(({ kind, key }): BundleItem => ({ kind, key, change: 'removed', differences: [] }))], problems }
}

/** Publishes what differs as one release; undefined when nothing does. 422 with every fault. */
export async function importBundle(ctx: Context, definitions: Definition[], removals: string[] = []): Promise<Release | undefined> {
  const { items, problems } = previewBundle(ctx, definitions, removals)
  if (problems.length > 0) throw new AppError(422, problems[0]!.code, problems[0]!.params, problems)
  const changing = new Set(items.filter((i) => i.change === 'added' || i.change === 'changed').map((i) => idOf(i.kind, i.key)))
  if (changing.size === 0 && removals.length === 0) return undefined
  return publish(ctx, { documents: definitions.filter((d) => changing.has(idOf(d.kind, keyOf(d)))), removed: removals })
}

function removed(ctx: Context, removals: string[]): Published[] {
  return removals.map((id) => {
    const found = ctx.model.published.get(id)
    if (!found) throw new AppError(404, 'noSuchDefinition', { kind: '', name: id })
    return found
  })
}
