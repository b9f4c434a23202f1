/** A newer version of the template: what it would change, taken up as drafts, conflicts settled, given up. It is published like every draft. */
import { applyOperation, differences, gone, identified, keyOf, mergeDocument, pointerOf, type DefinitionProblem, type Difference, type Merged, type Operation } from '../../runtime/engine'
import { AppError } from '../../schemas/errors'
import type { Definition, Entity, Template } from '../../schemas/generated/types'
import { systemDefinitions } from '../../schemas/system'
import { definitionProblems } from '../../schemas/validate'
import { idOf } from '../model/model'
import { inTransaction, type Context } from './context'
import { assemble, discardDraft, draftRemoval, getDefinition, readDrafts, requireStudio, saveDraft, type Draft } from './definitions'
import { dropUpgrade, isNewer, keepUpgrade, offeredDocuments, pendingUpgrade, readBase, requirePending, templateIn, type Choice, type KeptConflict, type KeptOrphan, type Upgrade } from './layers'

export interface UpgradeItem { kind: Definition['kind']; key: string; change: 'added' | 'changed' | 'removed'; differences: Difference[] }

/** What taking it up would do: the changes to what is published, and what it cannot decide alone. */
export interface UpgradePlan {
  from: string
  to: string
  items: UpgradeItem[]
  conflicts: KeptConflict[]
  orphans: KeptOrphan[]
  problems: DefinitionProblem[]
}

/** `given`: the whole newer template; the one that is offered when left out. */
export async function previewUpgrade(ctx: Context, given?: Definition[]): Promise<UpgradePlan> {
  requireStudio(ctx)
  return (await planUpgrade(ctx, given)).plan
}

/** Everything it changes becomes drafts; a conflict keeps yours until it is settled. */
export async function takeUpUpgrade(ctx: Context, given?: Definition[]): Promise<UpgradePlan> {
  requireStudio(ctx)
  const pending = await pendingUpgrade(ctx)
  if (pending) throw new AppError(409, 'upgradePending', { version: pending.version })
  const { plan, merged, theirs, template } = await planUpgrade(ctx, given)
  await refuseOverDrafts(ctx, merged)
  await inTransaction(ctx, async (inside) => {
    for (const { kind, key, result } of merged) await draftAs(inside, kind, key, result.document)
    await keepUpgrade(inside, 'pending', { name: template.name, version: template.version, at: ctx.clock.now(), by: ctx.me.id, documents: theirs, conflicts: plan.conflicts, orphans: plan.orphans })
  })
  return plan
}

interface MergedDocument { kind: Definition['kind']; key: string; result: Merged<Definition> }
interface Plan { plan: UpgradePlan; merged: MergedDocument[]; theirs: Definition[]; template: Template }

async function planUpgrade(ctx: Context, given?: Definition[]): Promise<Plan> {
  const base = await readBase(ctx)
  const documents = given ?? await offeredDocuments(ctx)
  if (!documents) throw new AppError(404, 'noUpgrade')
  refuseUnsound(documents)
  const { from, template } = refuseOther(base, documents)
  const theirs = onEngine(documents).map((d) => withIdentities(d, base, ctx))
  const merged = mergeAll(ctx, base, theirs)
  const conflicts = merged.flatMap(({ kind, key, result }) => result.conflicts.map((c): KeptConflict => ({ id: `${kind}:${key}${c.target}`, kind, key, path: pointerOf(result.document, c.target), ...c, choice: null })))
  const orphans = merged.flatMap(({ kind, key, result }) => result.orphans.map((operation): KeptOrphan => ({ kind, key, operation })))
  const changing = merged.filter((m) => differs(ctx, m))
  const { problems } = assemble(ctx.model, changing.flatMap(({ result }) => result.document ?? []), changing.filter((m) => !m.result.document).map((m) => idOf(m.kind, m.key)))
  return { plan: { from, to: template.version, items: changing.map((m) => itemOf(ctx, m)), conflicts, orphans, problems }, merged: changing, theirs, template }
}

function refuseUnsound(documents: Definition[]) {
  const problems = documents.flatMap((d) => definitionProblems(d).map((p): DefinitionProblem => ({ ...p, kind: d.kind, key: keyOf(d) })))
  if (problems.length > 0) throw new AppError(422, problems[0]!.code, problems[0]!.params, problems)
}

function refuseOther(base: Map<string, Definition>, documents: Definition[]): { from: string; template: Template } {
  const [installed, template] = [templateIn(base.values()), templateIn(documents)]
  if (!installed) throw new AppError(404, 'noUpgrade')
  if (template?.name !== installed.name || !isNewer(template.version, installed.version)) throw new AppError(422, 'notThisTemplate', { name: installed.name, version: installed.version })
  return { from: installed.version, template }
}

/** The layer below the template: the engine's own definitions, where the template has no version of them. */
function onEngine(documents: Definition[]): Definition[] {
  const given = new Set(documents.map((d) => idOf(d.kind, keyOf(d))))
  return [...systemDefinitions.filter((d) => !given.has(idOf(d.kind, keyOf(d)))), ...documents]
}

function withIdentities(document: Definition, base: Map<string, Definition>, { model }: Context): Definition {
  return document.kind === 'entity' ? identified(document, base.get(idOf('entity', document.name)) as Entity | undefined, model.trashed.get(document.name)) : document
}

function mergeAll({ model }: Context, base: Map<string, Definition>, theirs: Definition[]): MergedDocument[] {
  const theirsById = new Map(theirs.map((d) => [idOf(d.kind, keyOf(d)), d]))
  return [...new Set([...base.keys(), ...theirsById.keys()])].map((id) => {
    const one = (theirsById.get(id) ?? base.get(id))!
    return { kind: one.kind, key: keyOf(one), result: mergeDocument(base.get(id), theirsById.get(id), model.published.get(id)?.body) }
  })
}

const publishedOf = ({ model }: Context, { kind, key }: { kind: string; key: string }) => model.published.get(idOf(kind, key))?.body
const differs = (ctx: Context, m: MergedDocument) => differences(publishedOf(ctx, m), m.result.document).length > 0

function itemOf(ctx: Context, { kind, key, result: { document } }: MergedDocument): UpgradeItem {
  const before = publishedOf(ctx, { kind, key })
  return { kind, key, change: !before ? 'added' : document ? 'changed' : 'removed', differences: before && document ? differences(before, document) : [] }
}

async function refuseOverDrafts(ctx: Context, merged: MergedDocument[]) {
  const touched = new Set(merged.map((m) => idOf(m.kind, m.key)))
  const items = (await readDrafts(ctx)).filter((d) => touched.has(idOf(d.kind, d.key))).map((d) => `${d.kind} ${d.key}`)
  if (items.length > 0) throw new AppError(409, 'upgradeOverDrafts', { items })
}

/** The draft that makes the document so; none when it is so. */
async function draftAs(ctx: Context, kind: Definition['kind'], key: string, document: Definition | undefined): Promise<void> {
  const before = publishedOf(ctx, { kind, key })
  if (differences(before, document).length === 0) await discardDraft(ctx, kind, key)
  else if (document) await saveDraft(ctx, kind, key, document)
  else await draftRemoval(ctx, kind, key)
}

/** theirs, yours: written into the draft. edited: the draft holds as it is. Can be decided again until it is published. */
export async function settleConflict(ctx: Context, id: string, choice: Choice): Promise<Upgrade> {
  requireStudio(ctx)
  return inTransaction(ctx, async (inside) => {
    const upgrade = await requirePending(inside)
    const conflict = upgrade.conflicts.find((c) => c.id === id)
    if (!conflict) throw new AppError(404, 'notFound')
    if (choice !== 'edited') await draftOperation(inside, conflict, conflict[choice])
    const settled = { ...upgrade, conflicts: upgrade.conflicts.map((c) => (c === conflict ? { ...c, choice } : c)) }
    await keepUpgrade(inside, 'pending', settled)
    return settled
  })
}

/** Carries an operation out on the draft, or on what is published when there is none. */
export async function draftOperation(ctx: Context, { kind, key }: { kind: Definition['kind']; key: string }, operation: Operation): Promise<void> {
  const next = applyOperation(await drafted(ctx, kind, key), operation)
  if (next === gone) throw new AppError(409, 'targetGone')
  await draftAs(ctx, kind, key, next as Definition | undefined)
}

async function drafted(ctx: Context, kind: string, key: string): Promise<Definition | undefined> {
  if (!publishedOf(ctx, { kind, key }) && !(await readDrafts(ctx)).some((d) => d.kind === kind && d.key === key)) return undefined
  const { definition, draft } = await getDefinition(ctx, kind, key) as { definition: Definition | null; draft?: Draft }
  return draft ? (draft.removal ? undefined : draft.definition) : (definition ?? undefined)
}

/** Its drafts are discarded, with what was changed in them since. */
export async function giveUpUpgrade(ctx: Context): Promise<void> {
  requireStudio(ctx)
  await inTransaction(ctx, async (inside) => {
    const { documents } = await requirePending(inside)
    const merged = mergeAll(ctx, await readBase(inside), documents)
    for (const { kind, key } of merged.filter((m) => differs(ctx, m) || m.result.conflicts.length > 0)) await discardDraft(inside, kind, key)
    await dropUpgrade(inside, 'pending')
  })
}
