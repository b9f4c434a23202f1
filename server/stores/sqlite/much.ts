/** Whether something gives many rows, asked now and then only: what is much goes on being much. */
import type { Connection } from './connection'
import type { Plan } from './plan'
import { sql, type Sql } from './sql'

/** Once found to be much, taken for granted for so many queries. */
const asksBetween = 1000

/** Whether a statement gives at least `most` rows. */
export const isMuch = (connection: Connection, plan: Plan, rows: Sql, most: number): boolean =>
  unlessMuch(plan, sql`SELECT count(*) FROM (SELECT 1 FROM (${rows}) LIMIT ${most})`, ({ text, params }) => (connection.row(text, params)![0] as number) < most || undefined) === undefined

/** The rows of a statement that gives fewer than `most`. */
export const fewRows = (connection: Connection, plan: Plan, rows: Sql, most: number): unknown[][] | undefined =>
  unlessMuch(plan, sql`SELECT * FROM (${rows}) LIMIT ${most}`, ({ text, params }) => { const found = connection.arrays(text, params); return found.length < most ? found : undefined })

/** `ask` gives undefined for much. */
function unlessMuch<T>({ wide }: Plan, question: Sql, ask: (question: Sql) => T | undefined): T | undefined {
  const key = `${question.text}${JSON.stringify(question.params)}`
  const left = wide.get(key) ?? 0
  if (left > 0) { wide.set(key, left - 1); return undefined }
  wide.delete(key)
  const answer = ask(question)
  if (answer !== undefined) return answer
  if (wide.size >= asksBetween) wide.clear()
  wide.set(key, asksBetween)
  return undefined
}
