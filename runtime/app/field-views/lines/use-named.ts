import { useRef } from 'react'
import type { Values } from '../../api/types'

const code = /^[A-Z]{3}$/

/** The members of a record that hold codes, as a currency field does. Stays the same object until one changes, so that rows need not be drawn again. */
export function useNamed(record: Values): Values {
  const named = Object.fromEntries(Object.entries(record).filter(([, value]) => typeof value === 'string' && code.test(value)))
  const kept = useRef(named)
  if (JSON.stringify(kept.current) !== JSON.stringify(named)) kept.current = named
  return kept.current
}
