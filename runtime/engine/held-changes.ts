/** Changes that are held until they are approved: an approved contract changes by an approval, not by an edit. */
import { ExpressionError, holds } from '../../schemas/expressions'
import type { Flow } from '../../schemas/generated/types'
import type { Catalog, CompiledEntity, RuleContext, WireRecord } from './model'
import { scopeOf } from './scope'

/** The flow that holds what people change of a record as it stands; undefined: changes are written at once. */
export function holdingFlow(entity: CompiledEntity, record: WireRecord, context: RuleContext, catalog: Catalog): Flow | undefined {
  const able = catalog.flows.get(entity.name)?.filter((f) => f.recordPolicy?.onChange === 'hold') ?? []
  if (able.length === 0) return undefined
  const scope = scopeOf(entity, record, context, catalog)
  return able.find(({ trigger }) => trigger?.when === undefined || met(() => holds(trigger.when!, scope)))
}

/** Whether the flow holds changes of a field; all of them unless it watches some. */
export const watches = ({ trigger }: Flow, field: string) => trigger?.watchFields === undefined || trigger.watchFields.includes(field)

function met(test: () => boolean): boolean {
  try { return test() } catch (error) {
    if (error instanceof ExpressionError) return false
    throw error
  }
}
