/** The template that is installed: its version, what was changed of it, what a newer version offers, changes that lost their target. */
import { AppError } from '../../schemas/errors'
import type { Definition } from '../../schemas/generated/types'
import { collections } from '../model/collections'
import { inTransaction, readerOf, type Context } from './context'
import { requireStudio } from './definitions'
import { customizationsOf, isNewer, keepUpgrade, listParked, offeredUpgrade, pendingUpgrade, readBase, templateIn, writeBase, type Upgrade } from './layers'
import { draftOperation } from './template-upgrade'

/** `pending`: taken up and not published yet. */
export async function getTemplate(ctx: Context) {
  requireStudio(ctx)
  const base = await readBase(ctx)
  const installed = templateIn(base.values())
  const [offered, pending] = [await offeredUpgrade(ctx), await pendingUpgrade(ctx)]
  return {
    name: installed?.name ?? null, label: installed?.label ?? null, version: installed?.version ?? null,
    offered: offered ? { version: offered.version } : null, pending: pending ? shown(pending) : null,
    customizations: customizationsOf(base, ctx.model), parked: await listParked(ctx),
  }
}

/** Without the documents of the package. */
export const shown = ({ documents: _documents, ...upgrade }: Upgrade) => upgrade

/** Forgets a parked change. */
export async function discardParked(ctx: Context, id: string): Promise<void> {
  requireStudio(ctx)
  await inTransaction(ctx, ({ tx }) => tx.remove(collections.parked, [id]))
}

/** Makes a parked change to something else: `target` takes the place of the target that is gone. It becomes a draft. */
export async function retargetParked(ctx: Context, id: string, target: string): Promise<void> {
  requireStudio(ctx)
  await inTransaction(ctx, async (inside) => {
    const parked = (await listParked(inside)).find((p) => p.id === id)
    if (!parked) throw new AppError(404, 'notFound')
    await draftOperation(inside, parked, { ...parked.operation, target })
    await inside.tx.remove(collections.parked, [id])
  })
}

/** Keeps what the installation began with as the base of its customization, once. */
export async function layBase(ctx: Context): Promise<void> {
  if ((await readerOf(ctx).count(collections.base, {})) > 0) return
  const first = await readerOf(ctx).find(collections.definition, { where: { path: ['release'], op: 'eq', value: '1' } })
  await inTransaction(ctx, ({ tx }) => writeBase(tx, first.map((d) => d.body as unknown as Definition)))
}

/** Keeps a newer version of the template for the studio to offer; whether it is one. Nothing changes until it is taken up and published. */
export async function offerTemplate(ctx: Context, documents: Definition[]): Promise<boolean> {
  const [installed, template] = [templateIn((await readBase(ctx)).values()), templateIn(documents)]
  if (!installed || template?.name !== installed.name || !isNewer(template.version, installed.version)) return false
  await inTransaction(ctx, (inside) => keepUpgrade(inside, 'offered', { name: template.name, version: template.version, at: ctx.clock.now(), by: ctx.me.id, documents, conflicts: [], orphans: [] }))
  return true
}
