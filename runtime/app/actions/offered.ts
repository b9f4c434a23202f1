import { ExpressionError, holds } from '../../../schemas/expressions'
import type { Action } from '../../../schemas/generated/types'
import type { CompiledEntity, RuleContext } from '../../engine/model'
import { scopeOf } from '../../engine/scope'
import type { RecordDoc } from '../api'
import { useRuleContext } from '../form/rule-context'

/**
 * Actions worth showing on a row: those whose condition holds for what the list knows of the record. The server decides again;
 * a condition that needs more than the list knows leaves the button there.
 */
export function useOffered(entity: CompiledEntity, record: RecordDoc, actions: Action[]): Action[] {
  const context = useRuleContext()
  return actions.filter(({ condition }) => condition === undefined || mayHold(condition, entity, record, context))
}

function mayHold(condition: string, entity: CompiledEntity, record: RecordDoc, context: RuleContext): boolean {
  try {
    return holds(condition, scopeOf(entity, record, context))
  } catch (error) {
    if (error instanceof ExpressionError) return true
    throw error
  }
}
