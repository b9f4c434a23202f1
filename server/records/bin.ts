/** The recycle bin: a record goes there with what it owns, and comes back with it. */
import type { ReferenceField } from '../../schemas/generated/types'
import type { WireRecord } from '../../runtime/engine'
import { AppError } from '../../schemas/errors'
import { holderOfDeletion } from '../flows/hold-deletion'
import { deletable, releaseForDeletion } from '../flows/lock'
import type { Table } from '../model/tables'
import type { WriteContext } from '../use-cases/context'
import { rebuildRecords } from './derived'
import { referring, type Referring } from './referring'
import { rewrite } from './rewrite'
import { changeRecord } from './write'

/** Moves a record and what it owns to the bin, and ends their approvals. 409 with what still refers to it, and while an approval keeps one of them. */
export async function bin(ctx: WriteContext, table: Table, given: WireRecord, at: string): Promise<void> {
  const record = await releaseForDeletion(ctx, given)
  for (const found of await referring(ctx, table, record.id!)) {
    const { follower, field, docs } = found
    if (owns(found)) for (const doc of docs) await binPart(ctx, follower, follower.decode(doc), at)
    else if (clears(found)) for (const doc of docs) await changeRecord(ctx, follower, follower.decode(doc), { [field.name]: null }, { byPerson: false })
    else throw inUse(found)
  }
  await rewrite(ctx, table, record, { ...record, deletedAt: at }, 'deleted')
}

/** What goes with its parent goes no way round approvals: one that keeps it, or one that its deletion would need, unless the parent’s was approved. */
async function binPart(ctx: WriteContext, table: Table, part: WireRecord, at: string): Promise<void> {
  const approved = ctx.path.startsWith('flow:')
  if (!(await deletable(ctx, part)) || (!approved && (await holderOfDeletion(ctx, table, part)))) throw partInApproval(table)
  await bin(ctx, table, part, at)
}

/** Takes it out again, with what went there at that moment. */
export async function unbin(ctx: WriteContext, table: Table, record: WireRecord, at: string): Promise<void> {
  await rewrite(ctx, table, record, { ...record, deletedAt: null }, 'restored')
  // Definitions and what it refers to may have changed while it was in the bin.
  await rebuildRecords(ctx, table, [record.id!])
  for (const found of await referring(ctx, table, record.id!, at)) {
    if (owns(found)) for (const doc of found.docs) await unbin(ctx, found.follower, found.follower.decode(doc), at)
  }
}

/** 409 when something would keep it from the bin now. */
export async function requireUnused(ctx: WriteContext, table: Table, record: WireRecord): Promise<void> {
  const going = new Set([record.id!])
  const kept: Referring[] = []
  for (const open = [{ table, id: record.id! }]; open.length > 0; ) {
    const one = open.pop()!
    for (const found of await referring(ctx, one.table, one.id)) {
      if (owns(found)) for (const doc of found.docs.filter((d) => !going.has(d.id))) {
        if (!(await deletable(ctx, found.follower.decode(doc)))) throw partInApproval(found.follower)
        going.add(doc.id)
        open.push({ table: found.follower, id: doc.id })
      }
      else if (!clears(found)) kept.push(found)
    }
  }
  const inTheWay = kept.find(({ docs }) => docs.some((d) => !going.has(d.id)))
  if (inTheWay) throw inUse(inTheWay)
}

const owns = ({ follower, field }: Referring) => follower.entity.definition.ownedBy === field.name
const clears = ({ field }: Referring) => (field.definition as ReferenceField).onDelete === 'clear'
const partInApproval = ({ entity: { definition } }: Table) => new AppError(409, 'partInApproval', { entity: definition.plural ?? definition.label })
const inUse = ({ docs, follower: { entity: { definition } } }: Referring) => new AppError(409, 'inUse', { count: docs.length, entity: definition.plural ?? definition.label })
