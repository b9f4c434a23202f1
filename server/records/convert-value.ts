/** Values judged by the definition of another field than the one they were written for. */
import { isEmpty, uidOf, type CompiledField, type Retyped, type WireRecord } from '../../runtime/engine'
import type { Problem } from '../../schemas/errors'
import { convertValue } from '../../schemas/field-types/convert'
import type { JsonSchema } from '../../schemas/field-types/field-type'
import { shapeProblems } from '../../schemas/validate'

/** What is wrong with a value by the definition of its field; nothing is wrong with none. */
export function valueJudge({ name, definition, effective, effectiveType: type, rows }: CompiledField): (value: unknown) => Problem | undefined {
  const schema: JsonSchema = { type: 'object', properties: { [name]: type.valueSchema(effective) } }
  return (value) => {
    if (isEmpty(value) || rows) return undefined
    const [shape] = shapeProblems(schema, { [name]: value })
    if (shape) return { ...shape, path: `/${name}`, params: { ...shape.params, label: definition.label } }
    const wrong = type.check?.(type.normalise ? type.normalise(value, effective) : value, effective)
    return wrong && { path: `/${name}`, code: wrong.code, params: { label: definition.label, ...wrong.params } }
  }
}

/** `at`: the field, or the column of a sub-table, that the problem is about: `lines.qty`. */
export interface Converted { value: unknown; problems: { at: string; problem: Problem }[] }

/** The value that a value of the former field is in the new one; null, and why, where it is none. Rows column by column; those that are gone are left out. */
export const converterOf = ({ from, to }: Retyped): ((value: unknown) => Converted) => (from.rows && to.rows ? rowConverter(from.rows, to.rows, to.name) : flatConverter({ from, to }))

function rowConverter(before: CompiledField[], after: CompiledField[], table: string): (value: unknown) => Converted {
  const columns = after.map((to) => { const from = before.find((c) => uidOf(c.definition) === uidOf(to.definition)); return { to, from, convert: from && flatConverter({ from, to }) } })
  return (given) => {
    const problems: Converted['problems'] = []
    const value = ((given as WireRecord[] | null) ?? []).map((row, i) => {
      const turned: WireRecord = { id: row.id }
      for (const { to, from, convert } of columns) {
        const one = convert?.(row[from!.name])
        turned[to.name] = one?.value ?? null
        for (const { problem } of one?.problems ?? []) problems.push({ at: `${table}.${to.name}`, problem: { ...problem, path: `/${table}/${i}${problem.path}` } })
      }
      return turned
    })
    return { value, problems }
  }
}

function flatConverter({ from, to }: Retyped): (value: unknown) => Converted {
  const same = JSON.stringify(from.effective) === JSON.stringify(to.effective)
  const judge = valueJudge(to)
  return (given) => {
    if (same) return { value: given ?? null, problems: [] }
    const value = convertValue(given, from.effective, to.effective)
    const problem: Problem | undefined = value === undefined ? { path: `/${to.name}`, code: 'noCounterpart', params: { label: to.definition.label } } : judge(value)
    // What is computed is computed anew in any case.
    if (problem) return { value: null, problems: to.computed ? [] : [{ at: to.name, problem }] }
    return { value: isEmpty(value) || !to.effectiveType.normalise ? value : to.effectiveType.normalise(value, to.effective), problems: [] }
  }
}
