/** Values judged by the definition of another field than the one they were written for. */
import { instantOf, isEmpty, uidOf, wallOf, type CompiledField, type Retyped, type WireRecord } from '../../runtime/engine'
import type { Problem } from '../../schemas/errors'
import { convertValue, type Days } from '../../schemas/field-types/convert'
import type { JsonSchema } from '../../schemas/field-types/field-type'
import { shapeProblems } from '../../schemas/validate'

/** What is wrong with a value by the definition of its field; nothing is wrong with none. Of rows it is their number that is judged. */
export function valueJudge({ name, definition, effective, effectiveType: type }: CompiledField): (value: unknown) => Problem | undefined {
  const schema: JsonSchema = { type: 'object', properties: { [name]: type.valueSchema(effective) } }
  return (value) => {
    if (isEmpty(value)) return undefined
    const [shape] = shapeProblems(schema, { [name]: value })
    if (shape) return { ...shape, path: `/${name}`, params: { ...shape.params, label: definition.label } }
    const wrong = type.check?.(type.normalise ? type.normalise(value, effective) : value, effective)
    return wrong && { path: `/${name}`, code: wrong.code, params: { label: definition.label, ...wrong.params } }
  }
}

/** `at`: the field, or the column of a sub-table, that the problem is about: `lines.qty`. */
export interface Converted { value: unknown; problems: { at: string; problem: Problem }[] }

/** `cuts`: whether a field or column may lose a part of its values. */
export interface Converting { timeZone: string; cuts?: (at: string) => boolean }

/** The value that a value of the former field is in the new one; null, and why, where it is none. Rows column by column; those that are gone are left out. */
export const converterOf = ({ from, to }: Retyped, how: Converting): ((value: unknown) => Converted) => (from.rows && to.rows ? rowConverter(from.rows, to.rows, to.name, how) : flatConverter({ from, to }, how, to.name))

const daysIn = (timeZone: string): Days => ({
  of: (moment) => wallOf(timeZone, Date.parse(moment)).date,
  beginOf: (date) => new Date(instantOf(timeZone, { date, minutes: 0 })).toISOString(),
})

function rowConverter(before: CompiledField[], after: CompiledField[], table: string, how: Converting): (value: unknown) => Converted {
  const columns = after.map((to) => { const from = before.find((c) => uidOf(c.definition) === uidOf(to.definition)); return { to, from, convert: from && flatConverter({ from, to }, how, `${table}.${to.name}`) } })
  return (given) => {
    const problems: Converted['problems'] = []
    const value = ((given as WireRecord[] | null) ?? []).map((row, i) => {
      const turned: WireRecord = { id: row.id }
      for (const { to, from, convert } of columns) {
        const one = convert?.(row[from!.name])
        turned[to.name] = one?.value ?? null
        for (const { at, problem } of one?.problems ?? []) problems.push({ at, problem: { ...problem, path: `/${table}/${i}${problem.path}` } })
      }
      return turned
    })
    return { value, problems }
  }
}

function flatConverter({ from, to }: Retyped, { timeZone, cuts }: Converting, at: string): (value: unknown) => Converted {
  const same = JSON.stringify(from.effective) === JSON.stringify(to.effective)
  const judge = valueJudge(to)
  const days = daysIn(timeZone)
  const about = (code: Problem['code'], params = {}): Problem => ({ path: `/${to.name}`, code, params: { label: to.definition.label, ...params } })
  return (given) => {
    if (same) return { value: given ?? null, problems: [] }
    const turned = convertValue(given, from.effective, to.effective, days)
    const value = turned?.value
    const problem = turned ? (judge(value) ?? (turned.loses && !cuts?.(at) ? about('losesPart', { rest: value }) : undefined)) : about('noCounterpart')
    // What is computed is computed anew in any case.
    if (problem) return { value: null, problems: to.computed ? [] : [{ at, problem }] }
    return { value: isEmpty(value) || !to.effectiveType.normalise ? value : to.effectiveType.normalise(value, to.effective), problems: [] }
  }
}
