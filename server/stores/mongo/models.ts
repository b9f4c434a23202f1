/**
 * A mongoose model for each collection. Models are looked up on every call: a definition may be published while the server runs,
 * and a model made for the one before would refuse the new columns.
 */
import { Schema, type Connection, type Model } from 'mongoose'
import type { StorageKind } from '../../../schemas/field-types/field-type'
import type { Collection, Column } from '../../ports/store'
import { fieldOf, planOf } from './plan'

export interface Raw { _id: string; [field: string]: unknown }
export type Documents = Model<Raw>

/** A counter: a sequence, the version of the definitions, the turn to write. */
export interface Counter { _id: string; value: bigint }
/** What `ensureCollection` has made. Rows' columns are `lines.quantity`. */
export interface Registered { _id: string; columns: { column: string; kind: StorageKind }[] }

export class Models {
  private readonly made = new WeakMap<Collection, Documents>()
  readonly counters: Model<Counter>
  readonly registry: Model<Registered>

  constructor(readonly connection: Connection) {
    this.counters = this.model('_counter', { _id: { type: String }, value: { type: BigInt } })
    this.registry = this.model('_collection', { _id: { type: String }, columns: { type: [plainSchema({ column: { type: String }, kind: { type: String } })] } })
  }

  of(collection: Collection): Documents {
    let model = this.made.get(collection)
    if (!model) this.made.set(collection, (model = this.make(collection)))
    return model
  }

  private make(collection: Collection): Documents {
    // The name is free again once its model is deleted; the model goes on working for who has it.
    if (this.connection.modelNames().includes(collection.name)) this.connection.deleteModel(collection.name)
    return this.model(collection.name, schemaFields([...planOf(collection).columns.values()]))
  }

  private model<T>(name: string, fields: SchemaFields): Model<T> {
    return this.connection.model<T>(name, plainSchema(fields, true) as never, name)
  }
}

/** Always `{ type: … }`: a field's own name might be `type`. */
type SchemaFields = Record<string, { type: unknown }>

/** Documents are never made into mongoose's, so that a field may be called `save`. Unknown fields are refused, nothing is added or left out. */
const plainSchema = (fields: SchemaFields, withId = false) => new Schema<unknown>(fields as never, {
  strict: 'throw', strictQuery: 'throw', minimize: false, versionKey: false, id: false, autoIndex: false, autoCreate: false, suppressReservedKeysWarning: true, ...(!withId && { _id: false }),
})

const schemaFields = (columns: Column[]): SchemaFields => Object.fromEntries(columns.map((column) => [fieldOf(column), { type: typeOf(column) }]))

const typeOf = (column: Column): unknown =>
  (column.kind === 'rows' ? [plainSchema({ id: { type: String }, ...schemaFields(column.rows ?? []) })] : types[column.kind])

const types = { text: String, int: BigInt, bool: Boolean, json: Schema.Types.Mixed } as const
