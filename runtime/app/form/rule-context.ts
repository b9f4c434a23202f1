import { useMemo } from 'react'
import type { RuleContext } from '../../engine/model'
import { useMe } from '../session'

/** What rules know beside the record: who looks, which day it is, and the records they refer to. */
export function useRuleContext(related?: RuleContext['related']): RuleContext {
  const { user, today } = useMe()
  return useMemo(() => ({ me: user, today, ...(related && { related }) }), [user, today, related])
}
