/** Whether something gives many rows, asked now and then only: what is much goes on being much. */
import type { Connection } from './connection'
import type { Plan } from './plan'
import { sql, type Sql } from './sql'

/** Once found to be much, taken for granted for so many queries. */
const asksBetween = 1000

/** Whether a statement gives at least `most` rows. */
export function isMuch(connection: Connection, { wide }: Plan, rows: Sql, most: number): boolean {
  const { text, params } = sql`SELECT count(*) FROM (SELECT 1 FROM (${rows}) LIMIT ${most})`
  const key = `${text}${JSON.stringify(params)}`
  const left = wide.get(key) ?? 0
  if (left > 0) { wide.set(key, left - 1); return true }
  wide.delete(key)
  if ((connection.row(text, params)![0] as number) < most) return false
  if (wide.size >= asksBetween) wide.clear()
  wide.set(key, asksBetween)
  return true
}
