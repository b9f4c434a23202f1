/** Turns SQLite's errors into the port's. */
import { StoreError, type Column } from '../../ports/store'
import { badQuery, messageOf } from '../shared/refusals'

export const isBusy = (error: unknown) => codeOf(error).startsWith('SQLITE_BUSY')

/** The columns, by their names in the database, of the unique index that an error is about. */
export function duplicateColumns(error: unknown): string[] | undefined {
  const listed = /UNIQUE constraint failed: (.*)$/m.exec(messageOf(error))?.[1]
  return listed?.split(', ').map((qualified) => qualified.slice(qualified.indexOf('.') + 1))
}

/** A StoreError where the port has one for it; anything else stays as it is. `columns`: those of the collection at hand. */
export function translated(error: unknown, columns: Iterable<Column> = []): unknown {
  if (error instanceof StoreError) return error
  const physical = duplicateColumns(error)
  if (physical) return duplicate(physical, columns)
  if (isBusy(error)) return new StoreError('RETRYABLE', `The database is busy: ${messageOf(error)}`)
  if (codeOf(error) === 'SQLITE_ERROR') return badQuery(messageOf(error))
  return error
}

export function duplicate(physical: string[], columns: Iterable<Column>): StoreError {
  const names = new Map([...columns].map((c) => [c.column.toLowerCase(), c.name]))
  const logical = physical.map((column) => names.get(column.toLowerCase()) ?? column)
  return new StoreError('DUPLICATE', `Another document has the same ${logical.join(', ')}.`, logical)
}
const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : '')
