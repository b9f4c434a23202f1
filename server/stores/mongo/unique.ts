/**
 * What a unique index would refuse, found before writing: an error of the database ends a MongoDB transaction, and the port's goes
 * on. Safe because writers take turns (turn.ts): nobody else writes between the question and the answer. The indexes are there all
 * the same, for whoever writes past this store.
 */
import { duplicate } from './errors'
import type { StoreIndex } from './indexes'
import { all, any, type Match } from './match'
import type { Raw } from './models'

/** Reads the named fields of the documents that match. */
type Read = (match: Match, fields: string[]) => Promise<Raw[]>

/** `docs` as they will be, with the fields of these indexes; stored documents of the same ids are the ones that change. */
export async function refuseDuplicates(read: Read, indexes: StoreIndex[], docs: Raw[]): Promise<void> {
  for (const index of indexes) refuseAmong(docs, index)
  const changing = new Set(indexes.some(isId) ? [] : docs.map((doc) => doc._id))
  const questions = indexes.flatMap((index) => sharing(index, docs))
  if (questions.length === 0) return
  const others = (await read(any(questions), indexes.flatMap((index) => index.fields.map(root)))).filter((doc) => !changing.has(doc._id))
  for (const index of indexes) refuseAmong([...docs, ...others], index)
}

function refuseAmong(docs: Raw[], index: StoreIndex): void {
  const keys = docs.map((doc) => keyOf(doc, index)).filter((key) => key !== undefined)
  if (new Set(keys).size < keys.length) throw duplicate(index.columns)
}

/** The values as one text, as no text holds a NUL; none when one of them is null. */
function keyOf(doc: Raw, { fields }: StoreIndex): string | undefined {
  const values = fields.map((field) => valueAt(doc, field))
  return values.some((v) => v === undefined || v === null) ? undefined : values.map(String).join('\0')
}

/** Finds the documents that have one of the keys. */
function sharing(index: StoreIndex, docs: Raw[]): Match[] {
  const keyed = docs.filter((doc) => keyOf(doc, index) !== undefined)
  const [field, ...more] = index.fields
  if (keyed.length === 0) return []
  if (more.length === 0) return [{ [field!]: { $in: keyed.map((doc) => valueAt(doc, field!)) } }]
  return keyed.map((doc) => all(index.fields.map((f) => ({ [f]: { $eq: valueAt(doc, f) } }))))
}

const isId = ({ fields }: StoreIndex) => fields[0] === '_id'
/** Fields' names have no dot; only the text of a list or an object lies one below. */
const root = (field: string) => field.split('.')[0]!
const valueAt = (doc: Raw, field: string): unknown => field.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], doc)
