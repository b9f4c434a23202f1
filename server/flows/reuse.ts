/**
 * Approve once (flows.md, rule 7): an approval counts again while what its node showed is unchanged. Each approval keeps a digest of every
 * field that was shown; a later node asks for the same digests. Of this flow on this record, all that is shown must be the same, at the
 * same node; of flows on records that this one refers to, all that the node lists by name.
 */
import { createHash } from 'node:crypto'
import type { FlowContext, FlowTask, WireRecord } from '../../runtime/engine'
import type { Flow } from '../../schemas/generated/types'
import { nodeTypeOf } from '../../schemas/node-types'
import { collections } from '../model/collections'
import type { Table } from '../model/tables'
import { readerOf, type Context } from '../use-cases/context'
import { canonicalJson } from '../use-cases/definitions'
import type { Subject } from './apply'
import type { Deciding } from './decisions/decision'
import { shownFields } from './decisions/facts'
import { taskId, toInstance, type Instance } from './instances'

type Digests = NonNullable<FlowTask['shown']>

/** What a node shows of a record, each field as a digest; without what the flow itself writes, as the status it is in. */
export function digestsOf(flow: Flow, { entity }: Table, record: WireRecord, node: Pick<Deciding, 'fields'>): Digests {
  const written = writtenBy(flow)
  const names = shownFields(entity, node).filter((name) => !written.has(name))
  return Object.fromEntries(names.map((name) => [name, digestOf(canonicalJson(record[name] ?? null))]))
}

const digestLength = 22
/** What is shorter than its digest stands for itself. */
const digestOf = (text: string) => (text.length < digestLength ? text : createHash('sha256').update(text).digest('base64url').slice(0, digestLength))

function writtenBy(flow: Flow): Set<string> {
  const ofNodes = flow.nodes.flatMap((node) => Object.values(nodeTypeOf(node).effects?.(node) ?? {}))
  const effects = [flow.onSubmit, flow.onWithdraw, flow.onReject, ...ofNodes].flatMap((list) => list ?? [])
  return new Set(effects.flatMap((effect) => ('values' in effect && !('entity' in effect) ? Object.keys(effect.values ?? {}) : [])))
}

/** Reads what was approved earlier, if the flow asks for it; the answer is called by the task that is cited. */
export async function reusableApprovals(ctx: Context, subject: Pick<Subject, 'instance' | 'flow' | 'table' | 'record'>): Promise<FlowContext['reusable']> {
  const { flow, instance, table, record } = subject
  if (flow.settings?.priorDecisions !== 'reuseIfUnchanged') return () => undefined
  const own = (await instancesOf(ctx, [record.id!])).filter((i) => i.flow === flow.name).map((i) => (i.id === instance.id ? { ...i, state: instance.state } : i))
  const linked = (await instancesOf(ctx, referredTo(table, record))).filter((i) => i.status === 'approved')
  return (id, person) => {
    const node = nodeOf(flow, id)
    const now = digestsOf(flow, table, record, node)
    const named = node.fields?.map((f) => f.field).filter((name) => name in now) ?? []
    return cited(own, person, (task) => task.node === id, (shown) => same(shown, now, Object.keys(now)) && Object.keys(shown).length === Object.keys(now).length)
      ?? (named.length > 0 ? cited(linked, person, () => true, (shown) => same(shown, now, named)) : undefined)
  }
}

const nodeOf = (flow: Flow, id: string) => flow.nodes.find((n) => n.id === id) as unknown as Deciding
const same = (shown: Digests, now: Digests, names: string[]) => names.every((name) => shown[name] !== undefined && shown[name] === now[name])

/** The person's last word in each instance, newest first: what they rejected since, an earlier approval does not undo. */
function cited(instances: Instance[], person: string, where: (task: FlowTask) => boolean, fits: (shown: Digests) => boolean): string | undefined {
  for (const instance of instances) {
    const said = instance.state.tasks.filter((t) => t.assignee === person && t.turn !== undefined && t.cites === undefined && where(t)).sort((a, b) => b.turn! - a.turn!)[0]
    if (said) return said.shown && fits(said.shown) ? taskId(instance, said.key) : undefined
  }
  return undefined
}

async function instancesOf(ctx: Context, records: string[]): Promise<Instance[]> {
  if (records.length === 0) return []
  return (await readerOf(ctx).find(collections.instance, { where: { path: ['record'], op: 'in', value: records }, sort: [{ column: 'startedAt', descending: true }], limit: 100 })).map(toInstance)
}

/** Ids of the records that the record refers to by fields of its own. */
const referredTo = ({ entity }: Table, record: WireRecord): string[] =>
  entity.own.filter((f) => f.refersTo !== undefined).flatMap((f) => [record[f.name] ?? []].flat()).filter((id): id is string => typeof id === 'string')
