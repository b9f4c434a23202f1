import { Exact, type ExpressionValue, type Scope } from '../../schemas/expressions'
import type { CreateEachEffect } from '../../schemas/generated/types'
import type { CompiledField } from '../../runtime/engine'
import { anyTable } from '../use-cases/context'
import { createOne } from './create-record'
import { calculate, scopeFor, valuesFor } from './evaluate'
import type { EffectKind } from './index'

const noWeight = new Exact(0)

export const createEach: EffectKind<'createEach'> = async (effect, run) => {
  const sources = [effect.forEach, ...Object.values(effect.values), ...(effect.distribute ? [effect.distribute.total, effect.distribute.weight] : [])]
  const scope = await scopeFor(run, sources)
  const items = (calculate(effect.forEach, scope) as ExpressionValue[] | null) ?? []
  const scopes = items.map((item, index) => inside(scope, item, index))
  const target = anyTable(run.ctx, effect.entity)
  const parts = effect.distribute && distribute(effect.distribute, scope, scopes, target.entity.fields.get(effect.distribute.field)!)
  for (const [i, inner] of scopes.entries()) {
    const values = valuesFor(target, effect.values, inner)
    if (parts) values[effect.distribute!.field] = parts[i]
    await createOne(run, target, values)
  }
}

function inside(scope: Scope, item: ExpressionValue, index: number): Scope {
  return { ...scope, variables: Object.assign(Object.create(scope.variables) as Scope['variables'], { item, index: new Exact(index) }) }
}

/** Parts of a total by weight, each rounded to the field's scale; the last takes what rounding left, so that the sum is exact. */
function distribute({ total, weight }: NonNullable<CreateEachEffect['distribute']>, scope: Scope, scopes: Scope[], field: CompiledField): unknown[] {
  const whole = (calculate(total, scope) as typeof noWeight | null) ?? noWeight
  const weights = scopes.map((s) => (calculate(weight, s) as typeof noWeight | null) ?? noWeight)
  const all = weights.reduce((sum, w) => sum.plus(w), noWeight)
  const write = (value: ExpressionValue) => field.type.fromExpression(value, field.definition)
  const read = (value: unknown) => field.type.toExpression(value, field.definition) as typeof noWeight
  let left = whole
  return weights.map((w, i) => {
    const part = i === weights.length - 1 || all.isZero() ? write(i === weights.length - 1 ? left : noWeight) : write(whole.times(w).div(all))
    left = left.minus(read(part))
    return part
  })
}
