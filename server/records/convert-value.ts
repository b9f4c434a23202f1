/** Values judged by the definition of another field than the one they were written for. */
import { isEmpty, type CompiledField, type Retyped } from '../../runtime/engine'
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

export interface Converted { value: unknown; problem?: Problem }

/** The value that a value of the former field is in the new one; null, and why, where it is none. */
export function converterOf({ from, to }: Retyped): (value: unknown) => Converted {
  const judge = valueJudge(to)
  return (given) => {
    const value = convertValue(given, from.effective, to.effective)
    const problem: Problem | undefined = value === undefined ? { path: `/${to.name}`, code: 'noCounterpart', params: { label: to.definition.label } } : judge(value)
    // What is computed is computed anew in any case.
    if (problem) return { value: null, ...(!to.computed && { problem }) }
    return { value: isEmpty(value) || !to.effectiveType.normalise ? value : to.effectiveType.normalise(value, to.effective) }
  }
}
