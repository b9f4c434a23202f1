/** What every use-case is given: who asks, in which language, on which definitions, at what time, in which transaction. */
import { accessOf, fullAccess, type Access, type Catalog, type EntityAccess, type Holder, type Person } from '../../runtime/engine'
import { AppError } from '../../schemas/errors'
import type { Language } from '../../schemas/field-types/field-type'
import { collections } from '../model/collections'
import type { Model } from '../model/model'
import type { Background } from '../background'
import type { Table } from '../model/tables'
import type { Clock } from '../ports/clock'
import type { Files } from '../ports/files'
import type { Mailer } from '../ports/mailer'
import type { Reader, Store, Transaction } from '../ports/store'

export interface Services {
  background: Background
  store: Store
  files: Files
  clock: Clock
  newId: () => string
  /** Absent when this installation sends no mail. */
  mailer?: Mailer
}

/** Where a command came in. */
export type Origin = 'screen' | 'api' | 'import' | 'definition' | 'system'
/** What made a change; history keeps it beside its origin. */
export type Path = Origin | `action:${string}` | `stage:${string}` | `flow:${string}` | 'restore' | 'merge' | 'unmerge'

export interface Context extends Services {
  model: Model
  me: Person
  access: Access
  language: Language
  path: Path
  origin: Origin
  /** Who decided, where a change is done in another person's name. */
  decidedBy?: string
  /** Set inside a transaction. */
  tx?: Transaction
}

export interface WriteContext extends Context { tx: Transaction }

/** Reads inside the transaction if there is one. */
export const readerOf = (ctx: Context): Reader => ctx.tx ?? ctx.store

/** Runs in the transaction at hand or in one of its own; 409 definitionsChanged when another release is in force than the context's. */
export function inTransaction<T>(ctx: Context, run: (ctx: WriteContext) => Promise<T>): Promise<T> {
  if (ctx.tx) return run(ctx as WriteContext)
  return ctx.store.transaction(async (tx) => {
    await refuseOutdated(ctx, tx)
    return run({ ...ctx, tx })
  })
}

/** A write by former definitions could go to a column that nobody reads any more. */
async function refuseOutdated({ model }: Context, tx: Transaction) {
  if ((await tx.metaVersion()) === model.metaVersion) return
  const [latest] = await tx.find(collections.release, { sort: [{ column: 'number', descending: true }], limit: 1, columns: ['number'] })
  if (((latest?.number as number | undefined) ?? 0) !== model.release) throw new AppError(409, 'definitionsChanged')
}

export function contextFor(services: Services, model: Model, me: Person, language: Language, path: Origin): Context {
  return { ...services, model, me, access: accessFor({ ...services, model }, me), language, path, origin: path }
}

const known = new WeakMap<Model, WeakMap<Person, { today: string; access: Access }>>()

/** Rights of a person as of today. They hold as long as the model, that is until definitions or people change. */
export function accessFor(ctx: Pick<Context, 'model' | 'clock'>, person: Person): Access {
  const today = ctx.clock.today()
  const people = known.get(ctx.model) ?? new WeakMap<Person, { today: string; access: Access }>()
  const found = people.get(person)
  if (found?.today === today) return found.access
  const access = accessUnder(ctx, person, ctx.model.catalog)
  known.set(ctx.model, people.set(person, { today, access }))
  return access
}

/** The same under other definitions. */
export const accessUnder = (ctx: Pick<Context, 'model' | 'clock'>, person: Person, catalog: Catalog): Access => accessOf(catalog, holderOf(ctx, person))

/** A person as rights are given. */
export function holderOf({ model: { directory }, clock }: Pick<Context, 'model' | 'clock'>, { roles, username, department }: Person): Holder {
  return { roles, username, departments: directory.above(department).map((id) => ({ id, name: directory.departmentName(id)! })), today: clock.today() }
}

export { systemPerson } from '../model/directory'

/** The same context with the engine's rights: what definitions cause is not limited by the rights of who caused it. */
export function asEngine<C extends Context>(ctx: C, path: Path): C {
  return { ...ctx, access: fullAccess, path }
}

/** The table of an entity the person may know of; 404 for others, so that nobody learns what exists. */
export function tableOf(ctx: Context, entity: string): Table & { access: EntityAccess } {
  const table = ctx.model.tables.get(entity)
  const access = table && ctx.access.entity(entity)
  if (!table || !access) throw new AppError(ctx.model.tables.has(entity) ? 403 : 404, ctx.model.tables.has(entity) ? 'forbidden' : 'noSuchEntity', { name: entity })
  return { ...table, access }
}

/** A table for the engine's own use. */
export function anyTable(ctx: Context, entity: string): Table {
  return ctx.model.tables.get(entity)!
}

/** Everything that a record can be shared with to reach this person: the person, the department and those above it. */
export const granteesOf = (ctx: Context): string[] => [ctx.me.id, ...ctx.model.directory.above(ctx.me.department)]

export const departmentsOf = (ctx: Context): string[] => ctx.model.directory.subtree(ctx.me.department)
