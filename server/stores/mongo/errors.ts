/** Turns the driver's errors into the port's. */
import { StoreError } from '../../ports/store'
import { badQuery, messageOf } from '../shared/refusals'
import type { StoreIndex } from './indexes'

export const retryable = (message: string) => new StoreError('RETRYABLE', message)

export const duplicate = (columns: string[]) => new StoreError('DUPLICATE', `Another document has the same ${columns.join(', ')}.`, columns)

/** A StoreError where the port has one for it; anything else stays as it is. `indexes` gives those of the collection at hand. */
export function translated(error: unknown, indexes: () => StoreIndex[] = () => []): unknown {
  if (error instanceof StoreError) return error
  if (isDuplicate(error)) return duplicate(indexes().find((index) => isAbout(error, index))?.columns ?? [])
  if (isTooLarge(error)) return badQuery(`The document is too large: ${messageOf(error)}`)
  if (isTransient(error)) return retryable(`The database did not answer as it should: ${messageOf(error)}`)
  return error
}

export const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? error.code : undefined)
export const isDuplicate = (error: unknown) => codeOf(error) === 11000
export const isMissing = (error: unknown) => codeOf(error) === 26
/** The transaction has come to nothing and may be tried again. Not of a commit: that may have arrived. */
export const isTransient = (error: unknown) => hasLabel(error, 'TransientTransactionError') || isUnreachable(error)
/** The answer to a commit was lost: it may have happened. */
export const isUnknownCommit = (error: unknown) => hasLabel(error, 'UnknownTransactionCommitResult') || isUnreachable(error)

const hasLabel = (error: unknown, label: string) =>
  error instanceof Error && 'hasErrorLabel' in error && typeof error.hasErrorLabel === 'function' && error.hasErrorLabel(label) === true
const isUnreachable = (error: unknown) =>
  error instanceof Error && /^Mongo(oose)?(Network|NetworkTimeout|ServerSelection|NotConnected|PoolCleared|WaitQueueTimeout)/.test(error.name)
const isTooLarge = (error: unknown) => codeOf(error) === 10334 || /object to insert too large|larger than the maximum size/i.test(messageOf(error))

/** `E11000 duplicate key error collection: db.c index: ux:f_1 dup key: { … }` */
const isAbout = (error: unknown, { name }: StoreIndex) => messageOf(error).includes(` index: ${name} dup key`)
